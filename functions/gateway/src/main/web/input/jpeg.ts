import { badFile } from "../user-error.ts";
import { countSamples, type Samples } from "./samples.ts";

const START_OF_FRAME = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
const APP1 = 0xe1;

/**
 * JPEG by the browser's decoder, without its colour profile and orientation. Decoders differ slightly
 * (docs/PREPROCESS.md): this is the one format that need not give the command line's bytes.
 */
export async function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Promise<Samples> {
  const { plain, components } = withoutOrientation(bytes);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([plain], { type: "image/jpeg" }), {
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
  } catch {
    throw badFile("cannot be decoded as JPEG; save it as an 8-bit gray or RGB PNG");
  }
  const { width, height } = bitmap;
  countSamples("the picture", [width, height, 3]);
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context.getImageData(0, 0, width, height).data;
  const values = new Float64Array(width * height * components);
  for (let i = 0; i < values.length; i++) {
    values[i] = pixels[4 * Math.floor(i / components) + (i % components)];
  }
  return { kind: "image", shape: [height, width, components], values };
}

/** The file without its Exif segments, and how many components its frame has: 1 or 3. */
function withoutOrientation(bytes: Uint8Array<ArrayBuffer>) {
  const kept: Uint8Array<ArrayBuffer>[] = [bytes.subarray(0, 2)];
  let components = 0;
  let at = 2;
  while (components === 0) {
    if (at + 10 > bytes.length || bytes[at] !== 0xff) {
      throw badFile(`offset ${at}: the JPEG file is damaged`);
    }
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    if (START_OF_FRAME.has(bytes[at + 1])) {
      components = bytes[at + 9];
    }
    if (bytes[at + 1] !== APP1) {
      kept.push(bytes.subarray(at, end));
    }
    at = end;
  }
  if (components !== 1 && components !== 3) {
    throw badFile(`a JPEG of ${components} components is not read; save it as an RGB PNG`);
  }
  kept.push(bytes.subarray(at));
  return { plain: new Blob(kept), components };
}
