import { product, type Samples } from "./samples.ts";

const POSITIVE = "RAS";
const NEGATIVE = "LPI";

/** What a code must be, as the end of a sentence. */
export const ORIENTATION_RULE =
  "must have one of R and L, one of A and P, one of S and I, in upper case and in any order, such as RAS";

/** 0 for left and right, 1 for front and back, 2 for top and bottom, -1 for other letters. */
function direction(letter: string): number {
  return Math.max(POSITIVE.indexOf(letter), NEGATIVE.indexOf(letter));
}

/** Whether `code` names each of the three directions once. */
export function isOrientation(code: string): boolean {
  const directions = [...code].map(direction);
  return directions.length === 3 && [0, 1, 2].every((each) => directions.includes(each));
}

/**
 * The code of axes that run along `directions` (0: left to right, 1: back to front, 2: bottom to
 * top), or the other way where `reversed`.
 */
export function orientationOf(
  directions: readonly number[],
  reversed: readonly boolean[],
): string {
  return directions.map((each, axis) => (reversed[axis] ? NEGATIVE : POSITIVE)[each]).join("");
}

/**
 * `volume`, whose axes run along `code`, x first, with axes that run along `wanted`: axes are
 * exchanged and turned round, no value is changed.
 */
export function bring<T extends Samples>(volume: T, code: string, wanted: string): T {
  if (code === wanted) {
    return volume;
  }
  const { shape, values: source } = volume;
  // Shapes have x last, codes have it first.
  const axes = [...wanted].reverse().map((letter) => {
    const from = [...code].findIndex((each) => direction(each) === direction(letter));
    const stride = product(shape.slice(3 - from));
    const side = shape[2 - from];
    return code[from] === letter
      ? { side, step: stride, first: 0 }
      : { side, step: -stride, first: (side - 1) * stride };
  });
  const [z, y, x] = axes;
  const first = z.first + y.first + x.first;
  const values = new Float64Array(source.length);
  let to = 0;
  for (let a = 0; a < z.side; a++) {
    for (let b = 0; b < y.side; b++) {
      const from = first + a * z.step + b * y.step;
      for (let c = 0; c < x.side; c++) {
        values[to++] = source[from + c * x.step];
      }
    }
  }
  return { ...volume, shape: axes.map(({ side }) => side), values };
}
