import { isDicom } from "./dicom-start.ts";
import { hasVoxels, isPairPart, PAIR_EXTENSIONS } from "./nifti-pair.ts";

/** "voxels": the part of a pair that does not say what it is. */
export type FileFormat = "dicom" | "nifti" | "npy" | "picture" | "voxels";

const ENDINGS: Readonly<Record<string, FileFormat>> = {
  ".png": "picture",
  ".jpg": "picture",
  ".jpeg": "picture",
  ".npy": "npy",
  ".nii": "nifti",
  ".nii.gz": "nifti",
  ".dcm": "dicom",
};

/** Endings of the files that are read, in lower case. */
export const EXTENSIONS: readonly string[] = [...Object.keys(ENDINGS), ...PAIR_EXTENSIONS];

const HEAD_BYTES = 1024;
const NIFTI_1_MAGIC = 344;
const NIFTI_2_MAGIC = 4;

/**
 * By the name where its ending is known, else by the first bytes; undefined if neither tells. What is
 * named as a part of a pair may be something else: DICOM files have such names too.
 */
export async function formatOf(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileFormat | undefined> {
  const lower = name.toLowerCase();
  const ending = Object.keys(ENDINGS).find((each) => lower.endsWith(each));
  if (ending !== undefined) {
    return ENDINGS[ending];
  }
  return (await byContent(bytes.subarray(0, HEAD_BYTES))) ?? partOfPair(name);
}

function partOfPair(name: string): FileFormat | undefined {
  if (!isPairPart(name)) {
    return undefined;
  }
  return hasVoxels(name) ? "voxels" : "nifti";
}

async function byContent(head: Uint8Array<ArrayBuffer>): Promise<FileFormat | undefined> {
  const starts = (prefix: string) => startsWith(head, 0, prefix);
  if (starts("\x89PNG\r\n\x1a\n") || starts("\xff\xd8\xff")) {
    return "picture";
  }
  if (starts("\x93NUMPY")) {
    return "npy";
  }
  if (isNifti(starts("\x1f\x8b") ? await decompressed(head) : head)) {
    return "nifti";
  }
  return isDicom(head) ? "dicom" : undefined;
}

function isNifti(head: Uint8Array): boolean {
  return startsWith(head, NIFTI_1_MAGIC, "n+1\0") || startsWith(head, NIFTI_2_MAGIC, "n+2\0");
}

/** The head of a volume: what comes out before the stream finds that it was cut. */
async function decompressed(head: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([head]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  try {
    return (await reader.read()).value ?? new Uint8Array(0);
  } catch {
    return new Uint8Array(0);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function startsWith(head: Uint8Array, at: number, expected: string): boolean {
  return [...expected].every((character, i) => head[at + i] === character.charCodeAt(0));
}
