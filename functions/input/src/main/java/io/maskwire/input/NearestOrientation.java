package io.maskwire.input;

import java.util.Optional;

/**
 * The orientation that is nearest to an affine, as nibabel's {@code io_orientation} finds it: the
 * orthogonal matrix nearest to the affine's columns of length 1 (its polar factor), then, column by
 * column from the one with the largest entry, the largest entry in a row that no other column has.
 *
 * <p>nibabel computes the polar factor from a singular value decomposition, here it is the limit of
 * X = (X + X^-T) / 2 (Higham 1986), because a browser must compute the same bits: four operations
 * and a square root, always {@value #STEPS} steps.
 */
final class NearestOrientation {
  /** Axes closer to a common plane than this have no inverse worth the name. */
  private static final double SMALLEST_DETERMINANT = 0x1p-30;

  /** Halves 2^30 to 1, then doubles the correct bits until all are. */
  private static final int STEPS = 64;

  /** Entries that differ by less are equal, so that rounding does not decide ties. */
  private static final double TIE = 0x1p-40;

  private NearestOrientation() {}

  /**
   * The orientation nearest to {@code affine}.
   *
   * @param affine [row][column]: rows to the right, to the front, to the top; columns x, y, z
   * @return empty if a value is not finite, a column is 0, or the columns lie in a plane
   */
  static Optional<Orientation> of(double[][] affine) {
    double[][] unit = new double[3][3];
    for (int column = 0; column < 3; column++) {
      double x = affine[0][column];
      double y = affine[1][column];
      double z = affine[2][column];
      double length = Math.sqrt(x * x + y * y + z * z);
      for (int row = 0; row < 3; row++) {
        unit[row][column] = affine[row][column] / length;
      }
    }
    // Written so that NaN, which a column of length 0 or infinity leaves, is refused too.
    if (!(Math.abs(determinant(unit, cofactors(unit))) > SMALLEST_DETERMINANT)) {
      return Optional.empty();
    }
    return Optional.of(assign(polarFactor(unit)));
  }

  private static double[][] polarFactor(double[][] unit) {
    double[][] matrix = unit;
    for (int step = 0; step < STEPS; step++) {
      double[][] cofactors = cofactors(matrix);
      double determinant = determinant(matrix, cofactors);
      double[][] next = new double[3][3];
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          next[row][column] = (matrix[row][column] + cofactors[row][column] / determinant) / 2;
        }
      }
      matrix = next;
    }
    return matrix;
  }

  /** Cofactors over the determinant are the transposed inverse. */
  private static double[][] cofactors(double[][] m) {
    double[][] cofactors = new double[3][3];
    for (int row = 0; row < 3; row++) {
      double[] above = m[(row + 1) % 3];
      double[] below = m[(row + 2) % 3];
      for (int column = 0; column < 3; column++) {
        int left = (column + 1) % 3;
        int right = (column + 2) % 3;
        cofactors[row][column] = above[left] * below[right] - above[right] * below[left];
      }
    }
    return cofactors;
  }

  private static double determinant(double[][] m, double[][] cofactors) {
    return m[0][0] * cofactors[0][0] + m[0][1] * cofactors[0][1] + m[0][2] * cofactors[0][2];
  }

  private static Orientation assign(double[][] rotation) {
    int[] directions = new int[3];
    boolean[] reversed = new boolean[3];
    boolean[] taken = new boolean[3];
    for (int column : strongestFirst(rotation)) {
      int row = largestRow(rotation, column, taken);
      taken[row] = true;
      directions[column] = row;
      reversed[column] = rotation[row][column] < 0;
    }
    return Orientation.of(directions, reversed);
  }

  private static int[] strongestFirst(double[][] rotation) {
    double[] strength = new double[3];
    for (int column = 0; column < 3; column++) {
      int row = largestRow(rotation, column, new boolean[3]);
      strength[column] = Math.abs(rotation[row][column]);
    }
    int[] order = {0, 1, 2};
    for (int i = 1; i < 3; i++) {
      for (int j = i; j > 0 && strength[order[j]] > strength[order[j - 1]] + TIE; j--) {
        int column = order[j];
        order[j] = order[j - 1];
        order[j - 1] = column;
      }
    }
    return order;
  }

  private static int largestRow(double[][] rotation, int column, boolean[] taken) {
    int largest = -1;
    double size = 0;
    for (int row = 0; row < 3; row++) {
      double entry = Math.abs(rotation[row][column]);
      if (!taken[row] && (largest < 0 || entry > size + TIE)) {
        largest = row;
        size = entry;
      }
    }
    return largest;
  }
}
