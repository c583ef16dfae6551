import { badFile } from "../user-error.ts";
import { concat, decompress } from "../wire/bytes.ts";
import { crc32 } from "../wire/crc.ts";
import { ByteSource } from "./byte-source.ts";
import { decodePasses } from "./png-passes.ts";
import { countSamples, type Samples } from "./samples.ts";

const SIGNATURE_BYTES = 8;

/** Samples per pixel by colour type; a palette's index is one. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const PALETTE = 3;

/** What IHDR says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly channels: number;
  readonly interlaced: boolean;
}

interface Chunks {
  readonly header: PngHeader;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array | undefined;
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * PNG (ISO 15948), decoded here because a browser's own decoder applies colour profiles: samples are
 * those that the file codes. A picture with a pixel that is not opaque is refused.
 */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Samples> {
  const chunks = readChunks(bytes);
  const { header } = chunks;
  const raw = await inflate(chunks.data, header);
  const pixels = decodePasses(raw, header);
  const values = header.colourType === PALETTE ? lookUp(pixels, chunks) : plain(pixels, chunks);
  const channels = values.length / (header.width * header.height);
  return { kind: "image", shape: [header.height, header.width, channels], values };
}

function readChunks(bytes: Uint8Array<ArrayBuffer>): Chunks {
  const source = new ByteSource(bytes);
  source.little = false;
  source.skip(SIGNATURE_BYTES, "the PNG signature");
  let header: PngHeader | undefined;
  let palette: Uint8Array = new Uint8Array(0);
  let transparency: Uint8Array | undefined;
  const data: Uint8Array[] = [];
  for (let ended = false; !ended; ) {
    const length = source.u32("the length of a PNG chunk");
    const start = bytes.length - source.remaining();
    const type = source.ascii(4, "the type of a PNG chunk");
    const body = source.take(length, "a PNG chunk");
    if (crc32(bytes.subarray(start, start + 4 + length)) !== source.u32("a PNG checksum")) {
      throw source.error("a PNG chunk fails its checksum: the file is damaged");
    }
    ended = type === "IEND";
    if (type === "IHDR") {
      header = parseHeader(body);
    } else if (type === "PLTE") {
      palette = body;
    } else if (type === "tRNS") {
      transparency = body;
    } else if (type === "IDAT") {
      data.push(body);
    }
  }
  if (header === undefined || data.length === 0) {
    throw badFile("the PNG file has no header or no pixels");
  }
  return { header, palette, transparency, data: concat(...data) };
}

function parseHeader(body: Uint8Array): PngHeader {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length !== 13) {
    throw badFile("the PNG header does not have 13 bytes");
  }
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, compression, filter, interlace] = body.subarray(8);
  if (!DEPTHS[colourType]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    throw badFile(`PNG of colour type ${colourType} with ${depth} bits is not read`);
  }
  countSamples("the picture", [width, height, 3]);
  return { width, height, depth, colourType, channels: CHANNELS[colourType], interlaced: interlace === 1 };
}

async function inflate(data: Uint8Array<ArrayBuffer>, header: PngHeader) {
  const most = (Math.ceil((header.width * header.channels * header.depth) / 8) + 8) * header.height * 2 + 64;
  try {
    return await decompress(data, "deflate", most);
  } catch {
    throw badFile("the PNG's pixels do not decompress: the file is damaged");
  }
}

function lookUp(indices: Uint16Array, { palette, transparency, header }: Chunks): Float64Array {
  const values = new Float64Array(3 * indices.length);
  indices.forEach((index, i) => {
    if (3 * index + 2 >= palette.length) {
      throw badFile(`pixel ${position(i, header)} is outside the palette`);
    }
    if ((transparency?.[index] ?? 255) !== 255) {
      throw transparent(i, header);
    }
    values.set(palette.subarray(3 * index, 3 * index + 3), 3 * i);
  });
  return values;
}

function plain(samples: Uint16Array, { header, transparency }: Chunks): Float64Array {
  const { channels, depth } = header;
  const colours = channels > 2 ? 3 : 1;
  const pixels = samples.length / channels;
  const opaque = 2 ** depth - 1;
  // Gray of fewer than 8 bits comes as a palette of grays from the Java reader: three equal samples.
  const repeated = depth < 8 ? 3 : 1;
  const values = new Float64Array(pixels * colours * repeated);
  const key = keyColour(transparency, colours);
  let target = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * channels;
    const keyed = key?.every((value, channel) => samples[at + channel] === value) ?? false;
    if (keyed || (channels % 2 === 0 && samples[at + channels - 1] !== opaque)) {
      throw transparent(pixel, header);
    }
    for (let channel = 0; channel < colours * repeated; channel++) {
      const sample = samples[at + (repeated > 1 ? 0 : channel)];
      values[target++] = depth === 16 ? sample / 257 : sample * (255 / opaque);
    }
  }
  return values;
}

/** The colour that tRNS declares transparent. */
function keyColour(transparency: Uint8Array | undefined, colours: number): number[] | undefined {
  if (transparency === undefined || transparency.length < 2 * colours) {
    return undefined;
  }
  return Array.from({ length: colours }, (_, i) => transparency[2 * i] * 256 + transparency[2 * i + 1]);
}

function position(pixel: number, { width }: PngHeader): string {
  return `(${pixel % width}, ${Math.floor(pixel / width)})`;
}

function transparent(pixel: number, header: PngHeader) {
  return badFile(
    `pixel ${position(pixel, header)} is transparent; put the picture on a background and save it without transparency`,
  );
}
