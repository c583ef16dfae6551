/** A volume in two files: NAME.hdr and NAME.img, each perhaps with .gz. */
const PART = /^(.*)\.(hdr|img)(\.gz)?$/i;

/** Endings of the two files, in lower case. */
export const PAIR_EXTENSIONS = [".hdr", ".hdr.gz", ".img", ".img.gz"] as const;

/** Whether a file of this name is one of a pair. */
export function isPairPart(name: string): boolean {
  return PART.test(name);
}

/** Whether a file of this name has the voxels of a pair. */
export function hasVoxels(name: string): boolean {
  return PART.exec(name)?.[2].toLowerCase() === "img";
}

/** Whether files of these names are the two of a pair. */
export function isPair(first: string, second: string): boolean {
  const stem = (name: string): string | undefined => PART.exec(name)?.[1];
  return (
    stem(first) !== undefined &&
    stem(first) === stem(second) &&
    hasVoxels(first) !== hasVoxels(second)
  );
}
