import { type Matrix, nearestOrientation } from "./nearest-orientation.ts";
import type { NiftiFields } from "./nifti-fields.ts";
import { orientationOf } from "./orientation.ts";
import type { Directions } from "./samples.ts";

/** Below this, 1 - b^2 - c^2 - d^2 is rounding, and the rotation a half turn. */
const HALF_TURN = 1e-7;

const AXES = [0, 1, 2] as const;

/** Directions of the axes of a volume: sform, else qform, else pixdim (docs/PREPROCESS.md). */
export function directionsOf(fields: NiftiFields): Directions {
  if (fields.sformCode() > 0) {
    const affine = AXES.map((row) => AXES.map((column) => fields.srow(row, column)));
    return stated(affine, "its sform does not give three directions");
  }
  if (fields.qformCode() > 0) {
    // Written so that NaN is refused too.
    const wrong = [1, 2, 3].find((axis) => !(fields.pixdim(axis) >= 0));
    return wrong === undefined
      ? stated(qform(fields), "its qform does not give a rotation")
      : { problem: `pixdim[${wrong}] is ${fields.pixdim(wrong)}, beside a qform it is a length` };
  }
  const reversed = AXES.map((axis) => fields.pixdim(axis + 1) < 0);
  return { order: orientationOf(AXES, reversed), said: false };
}

function stated(affine: Matrix, problem: string): Directions {
  const order = nearestOrientation(affine);
  return order === undefined ? { problem } : { order, said: true };
}

/** Lengths of voxels turn nothing, so they are left out; qfac turns the third axis round. */
function qform(fields: NiftiFields): Matrix {
  let [b, c, d] = AXES.map((i) => fields.quaternion(i));
  const squares = b * b + c * c + d * d;
  let a = 0;
  if (1 - squares < HALF_TURN) {
    const length = Math.sqrt(squares);
    b /= length;
    c /= length;
    d /= length;
  } else {
    a = Math.sqrt(1 - squares);
  }
  const qfac = fields.pixdim(0) < 0 ? -1 : 1;
  return [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c) * qfac],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b) * qfac],
    [2 * (b * d - a * c), 2 * (c * d + a * b), (a * a + d * d - b * b - c * c) * qfac],
  ];
}
