import { badFile } from "../user-error.ts";
import type { Preprocess } from "./preprocess.ts";

/**
 * Clip, scale, normalize, then minus mean, over std: docs/PREPROCESS.md, steps 8 to 11. Doubles
 * throughout; sums run over the array from first to last.
 *
 * @param channels length of the innermost axis
 * @param factor the scale where none is declared
 */
export function applyIntensities(
  source: Float64Array,
  preprocess: Preprocess,
  channels: number,
  factor: readonly [number, number],
): Float64Array {
  const values = source.slice();
  const { clip, normalize } = preprocess;
  const [numerator, denominator] = preprocess.scale ?? factor;
  for (let i = 0; i < values.length; i++) {
    const clipped = clip ? Math.min(Math.max(values[i], clip[0]), clip[1]) : values[i];
    values[i] = (clipped * numerator) / denominator;
  }
  if (normalize === "minmax") {
    minmax(values);
  } else if (normalize !== "none") {
    zscore(values, normalize === "zscore-nonzero");
  }
  const mean = perChannel("mean", preprocess.mean, channels);
  const std = perChannel("std", preprocess.std, channels);
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i] - mean[i % channels]) / std[i % channels];
  }
  return values;
}

function minmax(values: Float64Array): void {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low < high)) {
    throw constant(low);
  }
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i] - low) / (high - low);
  }
}

/** Mean, then the population variance in a second pass. */
function zscore(values: Float64Array, nonzeroOnly: boolean): void {
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (!nonzeroOnly || value !== 0) {
      sum += value;
      count++;
    }
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) {
    if (!nonzeroOnly || value !== 0) {
      squares += (value - mean) * (value - mean);
    }
  }
  const deviation = Math.sqrt(squares / count);
  // Written so that NaN, the result of a count of zero, is refused too.
  if (!(deviation > 0)) {
    throw constant(count === 0 ? 0 : mean);
  }
  for (let i = 0; i < values.length; i++) {
    if (!nonzeroOnly || values[i] !== 0) {
      values[i] = (values[i] - mean) / deviation;
    }
  }
}

function constant(value: number) {
  return badFile(`every value is ${value}, so it cannot be normalized; is this the right file?`);
}

function perChannel(key: string, declared: readonly number[], channels: number): number[] {
  if (declared.length !== 1 && declared.length !== channels) {
    throw badFile(`the model's '${key}' has ${declared.length} values, the input ${channels} channels`);
  }
  return Array.from({ length: channels }, (_, i) => declared[declared.length === 1 ? 0 : i]);
}
