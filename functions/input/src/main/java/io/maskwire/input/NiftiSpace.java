package io.maskwire.input;

/**
 * Directions of the axes of a NIfTI volume (nifti1.h, "3D image (volume) orientation and location
 * in space"): method 3 (sform) if its code is above 0, else method 2 (qform), else method 1.
 */
final class NiftiSpace {
  /**
   * Below this, 1 - b^2 - c^2 - d^2 is rounding, and the rotation a half turn; as in nifti1_io.c.
   */
  private static final double HALF_TURN = 1e-7;

  private NiftiSpace() {}

  static Directions of(NiftiFields fields) {
    if (fields.sformCode() > 0) {
      return stated(sform(fields), "its sform does not give three directions");
    }
    if (fields.qformCode() > 0) {
      for (int axis = 1; axis <= 3; axis++) {
        // Written so that NaN is refused too.
        if (!(fields.pixdim(axis) >= 0)) {
          return new Directions.Unusable(
              "pixdim[" + axis + "] is " + fields.pixdim(axis) + ", beside a qform it is a length");
        }
      }
      return stated(qform(fields), "its qform does not give a rotation");
    }
    return scaled(fields);
  }

  private static Directions stated(double[][] affine, String problem) {
    return NearestOrientation.of(affine)
        .<Directions>map(Directions.Stated::new)
        .orElseGet(() -> new Directions.Unusable(problem));
  }

  private static double[][] sform(NiftiFields fields) {
    double[][] affine = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        affine[row][column] = fields.srow(row, column);
      }
    }
    return affine;
  }

  /** Lengths of voxels turn nothing, so they are left out; qfac turns the third axis round. */
  private static double[][] qform(NiftiFields fields) {
    double b = fields.quaternion(0);
    double c = fields.quaternion(1);
    double d = fields.quaternion(2);
    double squares = b * b + c * c + d * d;
    double a = 0;
    if (1 - squares < HALF_TURN) {
      double length = Math.sqrt(squares);
      b /= length;
      c /= length;
      d /= length;
    } else {
      a = Math.sqrt(1 - squares);
    }
    double qfac = fields.pixdim(0) < 0 ? -1 : 1;
    return new double[][] {
      {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c) * qfac},
      {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b) * qfac},
      {2 * (b * d - a * c), 2 * (c * d + a * b), (a * a + d * d - b * b - c * c) * qfac}
    };
  }

  private static Directions scaled(NiftiFields fields) {
    int[] directions = {0, 1, 2};
    boolean[] reversed = new boolean[3];
    for (int axis = 0; axis < 3; axis++) {
      reversed[axis] = fields.pixdim(axis + 1) < 0;
    }
    Orientation order = Orientation.of(directions, reversed);
    return new Directions.Assumed(
        order,
        "does not say its order (sform_code and qform_code are 0); by pixdim alone it is "
            + order
            + ", where SPM and nibabel take x to run to the left");
  }
}
