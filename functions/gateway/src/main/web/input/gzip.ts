import { badFile } from "../user-error.ts";
import { concat, decompress } from "../wire/bytes.ts";
import { crc32 } from "../wire/crc.ts";
import { type Inflated, Inflater } from "./inflate.ts";

const MAX_BYTES = 2 ** 31;

/** Bytes of the shortest member but two: what is no longer cannot be one. */
const NO_MEMBER_BYTES = 18;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

/** Bits of the flags (RFC 1952). */
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

export function isGzip(file: Uint8Array): boolean {
  return file[0] === 0x1f && file[1] === 0x8b;
}

/**
 * What a gzip file holds: its members one after the other. What follows the last one and is no
 * member is passed over, as Java's GZIPInputStream does.
 */
export async function gunzip(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // Refuses whatever follows the first member, by the standard.
    return await decompress(file, "gzip", MAX_BYTES);
  } catch {
    try {
      return members(file);
    } catch (e) {
      throw badFile(`the gzip stream is damaged, truncated or too long (${(e as Error).message})`);
    }
  }
}

function members(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let limit = MAX_BYTES;
  for (let start = headerEnd(file, 0) ?? file.length + 1, more = true; more; ) {
    const { values, end } = member(file, start, limit);
    parts.push(values);
    limit -= values.length;
    const next = file.length - end > NO_MEMBER_BYTES ? headerEnd(file, end) : undefined;
    more = next !== undefined;
    start = next ?? end;
  }
  return concat(...parts);
}

/** The member whose header ends at `start`, and where it ends itself. */
function member(file: Uint8Array, start: number, limit: number): Inflated {
  const { values, end } = new Inflater(file, start, limit).inflate();
  if (end + TRAILER_BYTES > file.length) {
    throw new RangeError("the checksum is cut off");
  }
  const trailer = new DataView(file.buffer, file.byteOffset + end, TRAILER_BYTES);
  if (trailer.getUint32(0, true) !== crc32(values) || trailer.getUint32(4, true) !== values.length) {
    throw new RangeError("the checksum is wrong");
  }
  return { values, end: end + TRAILER_BYTES };
}

/** Where the header of a member at `start` ends; undefined if there is none. */
function headerEnd(file: Uint8Array, start: number): number | undefined {
  const flags = file[start + 3];
  if (!isGzip(file.subarray(start)) || file[start + 2] !== 8) {
    return undefined;
  }
  let at = start + HEADER_BYTES;
  if (flags & EXTRA) {
    at += 2 + file[at] + 256 * file[at + 1];
  }
  for (const flag of [NAME, COMMENT]) {
    if (flags & flag) {
      const end = file.indexOf(0, at);
      at = end < 0 ? file.length + 1 : end + 1;
    }
  }
  if (flags & HEADER_CRC) {
    const wanted = crc32(file.subarray(start, at)) & 0xffff;
    if (file[at] + 256 * file[at + 1] !== wanted) {
      return undefined;
    }
    at += 2;
  }
  return at <= file.length ? at : undefined;
}
