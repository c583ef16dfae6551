import { badFile } from "../user-error.ts";

const PREAMBLE_BYTES = 128;

/** More than any first element of group 8 has. */
const LONGEST_FIRST_VALUE = 1024;

/** Group 2, and what group 8 starts with (PS3.6 table 6-1). */
const FIRST_REPRESENTATIONS = new Set("AE CS DA DT LO OB SH SQ ST TM UI UL UN US".split(" "));

/** Where the elements start: behind "DICM" (PS3.10 section 7.1), or at once in files of old archives. */
export function startOfDicom(bytes: Uint8Array): number {
  const start = find(bytes);
  if (start === undefined) {
    throw badFile("offset 128: no 'DICM' prefix: not a DICOM file (PS3.10)");
  }
  return start;
}

/** Whether a file that starts with `head` is DICOM. */
export function isDicom(head: Uint8Array): boolean {
  return find(head) !== undefined;
}

function find(bytes: Uint8Array): number | undefined {
  if (text(bytes, PREAMBLE_BYTES, 4) === "DICM") {
    return PREAMBLE_BYTES + 4;
  }
  const start = text(bytes, 0, 4) === "DICM" ? 4 : 0;
  return startsWithElement(bytes.subarray(start)) ? start : undefined;
}

function startsWithElement(bytes: Uint8Array): boolean {
  if (bytes.length < 8) {
    return false;
  }
  const head = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const little = head.getUint16(0) !== 8;
  const group = head.getUint16(0, little);
  if ((group !== 2 && group !== 8) || head.getUint16(2, little) > 0xff) {
    return false;
  }
  if (FIRST_REPRESENTATIONS.has(text(bytes, 4, 2))) {
    return true;
  }
  return group === 8 && little && head.getUint32(4, true) <= LONGEST_FIRST_VALUE;
}

/** The transfer syntax of a data set that does not say it: what its first element looks like. */
export function guessTransferSyntax(head: Uint8Array): string {
  const explicit = head.length >= 8 && /^[A-Z]{2}$/.test(text(head, 4, 2));
  const big = head[0] === 0 && head[1] !== 0;
  return `1.2.840.10008.1.2${explicit ? (big ? ".2" : ".1") : ""}`;
}

function text(bytes: Uint8Array, at: number, count: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + count));
}
