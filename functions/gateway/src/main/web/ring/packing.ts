import { RingVector } from "./vector.ts";

/** Value i of width n stands in bits [i n, (i + 1) n) of a little-endian bit string. */

/** Bytes of `count` values of `width` bits. */
export function packedBytes(count: number, width: number): number {
  return Math.ceil((count * width) / 8);
}

/** The low `width` bits of each value, packed; the last byte is filled with zeros. */
export function pack(values: RingVector, width: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil((values.length * width) / 32) + 2);
  const [lowMask, highMask] = masks(width);
  for (let i = 0; i < values.length; i++) {
    const bit = i * width;
    const word = Math.floor(bit / 32);
    const shift = bit % 32;
    const low = values.low[i] & lowMask;
    const high = values.high[i] & highMask;
    words[word] |= low << shift;
    if (shift === 0) {
      words[word + 1] |= high;
    } else {
      words[word + 1] |= (low >>> (32 - shift)) | (high << shift);
      words[word + 2] |= high >>> (32 - shift);
    }
  }
  return littleEndianBytes(words, packedBytes(values.length, width));
}

/** The `count` values packed in `bytes`. */
export function unpack(bytes: Uint8Array, count: number, width: number): RingVector {
  if (bytes.length < packedBytes(count, width)) {
    throw new RangeError(`${count} values of ${width} bits do not fit ${bytes.length} bytes`);
  }
  const words = littleEndianWords(bytes);
  const values = new RingVector(count);
  const [lowMask, highMask] = masks(width);
  for (let i = 0; i < count; i++) {
    const bit = i * width;
    const word = Math.floor(bit / 32);
    const shift = bit % 32;
    let low = words[word];
    let high = words[word + 1];
    if (shift !== 0) {
      low = (low >>> shift) | (high << (32 - shift));
      high = (high >>> shift) | (words[word + 2] << (32 - shift));
    }
    values.low[i] = low & lowMask;
    values.high[i] = high & highMask;
  }
  return values;
}

function masks(width: number): [number, number] {
  if (width < 1 || width > 64) {
    throw new RangeError(`a width is 1 to 64 bits, not ${width}`);
  }
  const low = width >= 32 ? -1 : (1 << width) - 1;
  const high = width <= 32 ? 0 : width === 64 ? -1 : (1 << (width - 32)) - 1;
  return [low, high];
}

/** Words with two more of zeros, so that a value can be read from any of them. */
function littleEndianWords(bytes: Uint8Array): Uint32Array {
  const padded = new Uint8Array((Math.ceil(bytes.length / 4) + 2) * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = new Uint32Array(padded.length / 4);
  for (let i = 0; i < words.length; i++) {
    words[i] = view.getUint32(4 * i, true);
  }
  return words;
}

function littleEndianBytes(words: Uint32Array, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < words.length; i++) {
    view.setUint32(4 * i, words[i], true);
  }
  return bytes.slice(0, length);
}
