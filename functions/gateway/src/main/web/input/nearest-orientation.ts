import { orientationOf } from "./orientation.ts";

/** [row][column]: rows to the right, to the front, to the top; columns x, y, z. */
export type Matrix = readonly (readonly number[])[];

/** Axes closer to a common plane than this have no inverse worth the name. */
const SMALLEST_DETERMINANT = 2 ** -30;

const STEPS = 64;

/** Entries that differ by less are equal, so that rounding does not decide ties. */
const TIE = 2 ** -40;

const AXES = [0, 1, 2] as const;

/**
 * The orientation nearest to an affine, as docs/PREPROCESS.md specifies it to the last bit.
 *
 * @returns undefined if a value is not finite, a column is 0, or the columns lie in a plane
 */
export function nearestOrientation(affine: Matrix): string | undefined {
  const lengths = AXES.map((column) => {
    const [x, y, z] = AXES.map((row) => affine[row][column]);
    return Math.sqrt(x * x + y * y + z * z);
  });
  const unit = affine.map((row) => row.map((value, column) => value / lengths[column]));
  // Written so that NaN, which a column of length 0 or infinity leaves, is refused too.
  if (!(Math.abs(determinant(unit, cofactors(unit))) > SMALLEST_DETERMINANT)) {
    return undefined;
  }
  return assign(polarFactor(unit));
}

/** The limit of X = (X + X^-T) / 2 (Higham 1986). */
function polarFactor(unit: Matrix): Matrix {
  let matrix = unit;
  for (let step = 0; step < STEPS; step++) {
    const minors = cofactors(matrix);
    const volume = determinant(matrix, minors);
    matrix = matrix.map((row, i) => row.map((value, j) => (value + minors[i][j] / volume) / 2));
  }
  return matrix;
}

/** Cofactors over the determinant are the transposed inverse. */
function cofactors(m: Matrix): Matrix {
  return AXES.map((row) => {
    const above = m[(row + 1) % 3];
    const below = m[(row + 2) % 3];
    return AXES.map((column) => {
      const left = (column + 1) % 3;
      const right = (column + 2) % 3;
      return above[left] * below[right] - above[right] * below[left];
    });
  });
}

function determinant(m: Matrix, minors: Matrix): number {
  return m[0][0] * minors[0][0] + m[0][1] * minors[0][1] + m[0][2] * minors[0][2];
}

function assign(rotation: Matrix): string {
  const directions = [0, 0, 0];
  const reversed = [false, false, false];
  const free = new Set<number>(AXES);
  for (const column of strongestFirst(rotation)) {
    const row = largestRow(rotation, column, free);
    free.delete(row);
    directions[column] = row;
    reversed[column] = rotation[row][column] < 0;
  }
  return orientationOf(directions, reversed);
}

function strongestFirst(rotation: Matrix): number[] {
  const every = new Set<number>(AXES);
  const strength = AXES.map((column) =>
    Math.abs(rotation[largestRow(rotation, column, every)][column]),
  );
  const order: number[] = [...AXES];
  for (let i = 1; i < 3; i++) {
    for (let j = i; j > 0 && strength[order[j]] > strength[order[j - 1]] + TIE; j--) {
      [order[j - 1], order[j]] = [order[j], order[j - 1]];
    }
  }
  return order;
}

function largestRow(rotation: Matrix, column: number, free: ReadonlySet<number>): number {
  const size = (row: number): number => Math.abs(rotation[row][column]);
  return [...free].sort((a, b) => a - b).reduce((best, row) => (size(row) > size(best) + TIE ? row : best));
}
