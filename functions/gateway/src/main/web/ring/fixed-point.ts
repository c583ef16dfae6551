import { UserError } from "../user-error.ts";
import { RingVector } from "./vector.ts";

/** 2^62, beyond which a value has no encoding. */
const LARGEST = 2 ** 62;

/**
 * floor(x * 2^scale + 1/2) for every value; the sum is not computed, since it would be rounded just
 * below 1/2 and above 2^52.
 *
 * @param bound largest magnitude that the model was compiled for
 */
export function encode(values: Float32Array, scale: number, bound: bigint): RingVector {
  const factor = 2 ** scale;
  const limit = bound <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bound) : bound;
  const encoded = new RingVector(values.length);
  for (let i = 0; i < values.length; i++) {
    const scaled = values[i] * factor;
    const floor = Math.floor(scaled);
    const rounded = floor + (scaled - floor >= 0.5 ? 1 : 0);
    if (!(Math.abs(scaled) < LARGEST) || Math.abs(rounded) > limit) {
      throw new UserError("out-of-range", {
        element: String(i),
        value: String(values[i]),
        bound: String(Number(bound) / factor),
      });
    }
    encoded.set(i, rounded);
  }
  return encoded;
}

/** The reals that signed elements of `width` stand for, rounded to binary32. */
export function decode(values: RingVector, scale: number, width: number): Float32Array {
  const decoded = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    decoded[i] = values.signed(i, width) * 2 ** -scale;
  }
  return decoded;
}
