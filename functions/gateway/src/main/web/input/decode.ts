import { badFile, UserError } from "../user-error.ts";
import { applyOrientation } from "./declared-orientation.ts";
import { decodeDicom, type GrayImage } from "./dicom.ts";
import { EXTENSIONS, formatOf } from "./format.ts";
import { decodeJpeg } from "./jpeg.ts";
import { hasVoxels, isPairPart } from "./nifti-pair.ts";
import { decodeNifti } from "./nifti.ts";
import { decodeNpy } from "./npy.ts";
import { decodePng } from "./png.ts";
import type { Preprocess } from "./preprocess.ts";
import type { Samples } from "./samples.ts";

/** A decoded file, and for gray DICOM what a viewer needs for other windows. */
export type Decoded = Samples & { readonly gray?: GrayImage };

/**
 * Decodes a file by the ending of its name, or where that is unknown by its first bytes; volumes in
 * the orientation that the model declares.
 *
 * @param beside the other file of a pair
 */
export async function decodeFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  preprocess: Preprocess,
  beside?: Uint8Array<ArrayBuffer>,
): Promise<Decoded> {
  return applyOrientation(await decode(name, bytes, preprocess, beside), preprocess.orientation);
}

async function decode(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  preprocess: Preprocess,
  beside: Uint8Array<ArrayBuffer> | undefined,
): Promise<Decoded> {
  if (isPairPart(name) && beside !== undefined) {
    return hasVoxels(name)
      ? decodeNifti(beside, preprocess.frame, bytes)
      : decodeNifti(bytes, preprocess.frame, beside);
  }
  switch (await formatOf(name, bytes)) {
    case "dicom":
      return decodeDicom(bytes, preprocess.frame, preprocess.window);
    case "nifti":
      return decodeNifti(bytes, preprocess.frame);
    case "npy":
      return decodeNpy(bytes);
    case "picture":
      return decodePicture(bytes);
    case "voxels":
      throw badFile("it is one file of a pair: choose its header (.hdr) together with it");
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
