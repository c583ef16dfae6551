import { badFile, UserError } from "../user-error.ts";
import { applyOrientation } from "./declared-orientation.ts";
import { decodeDicom, type GrayImage } from "./dicom.ts";
import { decodeJpeg } from "./jpeg.ts";
import { hasVoxels, isPairPart, PAIR_EXTENSIONS } from "./nifti-pair.ts";
import { decodeNifti } from "./nifti.ts";
import { decodeNpy } from "./npy.ts";
import { decodePng } from "./png.ts";
import type { Preprocess } from "./preprocess.ts";
import type { Samples } from "./samples.ts";

/** Endings of the files that are read, in lower case. */
export const EXTENSIONS = [
  ".png",
  ".jpg",
  ".jpeg",
  ".npy",
  ".nii",
  ".nii.gz",
  ...PAIR_EXTENSIONS,
  ".dcm",
] as const;

/** A decoded file, and for gray DICOM what a viewer needs for other windows. */
export type Decoded = Samples & { readonly gray?: GrayImage };

/**
 * Decodes a file by the ending of its name; volumes in the orientation that the model declares.
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
  const lower = name.toLowerCase();
  if (lower.endsWith(".nii") || lower.endsWith(".nii.gz")) {
    return decodeNifti(bytes, preprocess.frame);
  }
  if (isPairPart(lower)) {
    if (!hasVoxels(lower)) {
      return decodeNifti(bytes, preprocess.frame, beside);
    }
    if (beside === undefined) {
      throw badFile("it is one file of a pair: choose its header (.hdr) together with it");
    }
    return decodeNifti(beside, preprocess.frame, bytes);
  }
  switch (lower.slice(lower.lastIndexOf("."))) {
    case ".png":
    case ".jpg":
    case ".jpeg":
      return decodePicture(bytes);
    case ".npy":
      return decodeNpy(bytes);
    case ".dcm":
      return decodeDicom(bytes, preprocess.frame, preprocess.window);
    default:
      throw new UserError("unsupported-file", { endings: EXTENSIONS.join(" ") });
  }
}

/** By the first bytes, whatever the name ends in. */
function decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Samples> {
  const starts = (...prefix: number[]) => prefix.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) {
    return decodePng(bytes);
  }
  if (starts(0xff, 0xd8, 0xff)) {
    return decodeJpeg(bytes);
  }
  throw new UserError("bad-file", { problem: "offset 0: neither a PNG nor a JPEG file" });
}
