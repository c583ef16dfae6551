import { UserError } from "../user-error.ts";
import { decodeDicom, type GrayImage } from "./dicom.ts";
import { EXTENSIONS, formatOf } from "./format.ts";
import { decodeJpeg } from "./jpeg.ts";
import { decodeNifti } from "./nifti.ts";
import { decodeNpy } from "./npy.ts";
import { decodePng } from "./png.ts";
import type { Preprocess } from "./preprocess.ts";
import type { Samples } from "./samples.ts";

/** A decoded file, and for gray DICOM what a viewer needs for other windows. */
export type Decoded = Samples & { readonly gray?: GrayImage };

/** Decodes a file by the ending of its name, or where that is unknown by its first bytes. */
export async function decodeFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  preprocess: Preprocess,
): Promise<Decoded> {
  switch (await formatOf(name, bytes)) {
    case "dicom":
      return decodeDicom(bytes, preprocess.frame, preprocess.window);
    case "nifti":
      return decodeNifti(bytes, preprocess.frame);
    case "npy":
      return decodeNpy(bytes);
    case "picture":
      return decodePicture(bytes);
    case undefined:
      throw new UserError("unsupported-file", { endings: EXTENSIONS.join(" ") });
  }
}

/** By the first bytes, whatever the name ends in. */
async function decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Samples> {
  const starts = (...prefix: number[]) => prefix.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) {
    return decodePng(bytes);
  }
  if (starts(0xff, 0xd8, 0xff)) {
    return decodeJpeg(bytes);
  }
  throw new UserError("bad-file", { problem: "offset 0: neither a PNG nor a JPEG file" });
}
