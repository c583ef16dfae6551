import type { Layout } from "./preprocess.ts";
import { product } from "./samples.ts";

/** Where a picture's axes are in a model input. */
export interface PictureInput {
  readonly layout: Layout;
  readonly channels: number;
  readonly sides: readonly [height: number, width: number];
}

/** The picture that a model takes, if its shape says so: rank 3 or 4, 1 or 3 channels. */
export function pictureInput(
  shape: readonly number[],
  declared: Layout | undefined,
): PictureInput | undefined {
  const first = shape.length - 3;
  if (first !== 0 && first !== 1) {
    return undefined;
  }
  const layouts: readonly Layout[] = ["NCHW", "NHWC"];
  for (const layout of layouts) {
    const channels = shape[layout === "NCHW" ? first : first + 2];
    if ((declared ?? layout) === layout && (channels === 1 || channels === 3)) {
      const height = layout === "NCHW" ? first + 1 : first;
      return { layout, channels, sides: [shape[height], shape[height + 1]] };
    }
  }
  return undefined;
}

/** The three sides of the volume that a model takes, if its rank is 3 to 5. */
export function volumeSides(shape: readonly number[]): readonly number[] | undefined {
  const rank = shape.length;
  if (rank < 3 || rank > 5) {
    return undefined;
  }
  const channelsLast = rank === 5 && shape[4] === 1 && shape[1] !== 1;
  const first = channelsLast ? 1 : rank - 3;
  return shape.slice(first, first + 3);
}

/** Whether an input with these axes is one of `shape`: equal but for dimensions of 1, or flat. */
export function fits(shape: readonly number[], natural: readonly number[]): boolean {
  const wanted = shape.filter((side) => side !== 1);
  const given = natural.filter((side) => side !== 1);
  const equal = wanted.length === given.length && wanted.every((side, i) => side === given[i]);
  return product(shape) === product(natural) && (wanted.length <= 1 || equal);
}
