import { badFile } from "../user-error.ts";

/** What a file holds, and so which preprocessing steps make sense for it. */
export type InputKind = "image" | "tensor" | "volume";

/** What a file says about the directions of a volume's axes; `order` is a code such as LPS. */
export type Directions =
  | { readonly order: string; readonly said: boolean }
  | { readonly order?: undefined; readonly problem: string };

/** What may make a result wrong though the file could be read; `texts.ts` says each in words. */
export type DoubtName =
  | "assumed-order"
  | "no-order"
  | "scaling"
  | "undeclared-order"
  | "unusable-order";

export interface Doubt {
  readonly doubt: DoubtName;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * A decoded file before preprocessing. Shapes: a picture is [height, width, channels], a volume
 * [z, y, x] in the order of the file, a tensor has its own.
 */
export interface Samples {
  readonly kind: InputKind;
  readonly shape: readonly number[];
  readonly values: Float64Array;
  /** Of volumes, if their files have any. */
  readonly directions?: Directions;
  readonly doubts?: readonly Doubt[];
}

/** The most samples one input may have. */
export const MAX_SAMPLES = 2 ** 26;

export function product(sides: readonly number[]): number {
  return sides.reduce((count, side) => count * side, 1);
}

/** The number of samples in a box of these sides, all of which must be positive. */
export function countSamples(what: string, sides: readonly number[]): number {
  let count = 1;
  for (const side of sides) {
    if (!(side > 0)) {
      throw badFile(`${what} has a side of ${side}`);
    }
    count *= side;
    if (count > MAX_SAMPLES) {
      throw badFile(`${what} has more than ${MAX_SAMPLES} samples; crop or downsample it first`);
    }
  }
  return count;
}

/** The frame that is declared, or the only one. */
export function chooseFrame(frames: number, declared: number | undefined): number {
  if (declared === undefined && frames > 1) {
    throw badFile(
      `it has ${frames} frames, and the model does not say which one it takes; save one of them as a file of its own`,
    );
  }
  const frame = declared ?? 0;
  if (frame >= frames) {
    throw badFile(`frame ${frame} is wanted, the file has ${frames} (counted from 0)`);
  }
  return frame;
}
