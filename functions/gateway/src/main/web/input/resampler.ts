import type { Method } from "./preprocess.ts";

/**
 * Resizing one axis at a time, in doubles: docs/PREPROCESS.md, step 7. Quotients are of whole numbers
 * below 2^53, so that every language with IEEE doubles computes the same.
 *
 * @param values read as [outer, length, inner]
 */
export function resizeAxis(
  values: Float64Array,
  length: number,
  inner: number,
  target: number,
  method: Method,
): Float64Array {
  if (target === length || method === "none") {
    return values;
  }
  const outer = values.length / length / inner;
  const result = new Float64Array(outer * target * inner);
  const resample = { area, bilinear, nearest }[method];
  for (let o = 0; o < outer; o++) {
    const line = { values, start: o * length * inner, length, inner };
    for (let i = 0; i < target; i++) {
      resample(line, i, target, result, (o * target + i) * inner);
    }
  }
  return result;
}

/** Rows of `inner` values, `length` of them, from index `start`. */
interface Line {
  readonly values: Float64Array;
  readonly start: number;
  readonly length: number;
  readonly inner: number;
}

function nearest(line: Line, i: number, target: number, result: Float64Array, to: number): void {
  const row = Math.floor(((2 * i + 1) * line.length) / (2 * target));
  for (let k = 0; k < line.inner; k++) {
    result[to + k] = line.values[line.start + row * line.inner + k];
  }
}

function bilinear(line: Line, i: number, target: number, result: Float64Array, to: number): void {
  const center = ((2 * i + 1) * line.length) / (2 * target) - 0.5;
  const position = Math.min(Math.max(center, 0), line.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, line.length - 1);
  const t = position - low;
  for (let k = 0; k < line.inner; k++) {
    const a = line.values[line.start + low * line.inner + k];
    const b = line.values[line.start + high * line.inner + k];
    result[to + k] = a + (b - a) * t;
  }
}

/** Overlaps are counted in units of 1 / target, which makes them whole numbers. */
function area(line: Line, i: number, target: number, result: Float64Array, to: number): void {
  const begin = i * line.length;
  const end = begin + line.length;
  for (let row = Math.floor(begin / target); row * target < end; row++) {
    const overlap = Math.min((row + 1) * target, end) - Math.max(row * target, begin);
    for (let k = 0; k < line.inner; k++) {
      result[to + k] += overlap * line.values[line.start + row * line.inner + k];
    }
  }
  for (let k = 0; k < line.inner; k++) {
    result[to + k] /= line.length;
  }
}
