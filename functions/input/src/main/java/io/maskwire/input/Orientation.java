package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;

/**
 * In which direction of the body each axis of a volume increases, x first: {@code LPS} runs to the
 * left, to the back, to the top. The letters are those of nibabel and of {@code
 * docs/PREPROCESS.md}.
 *
 * @param code three upper-case letters: one of R and L, one of A and P, one of S and I, in any
 *     order
 */
public record Orientation(String code) {
  private static final String POSITIVE = "RAS";
  private static final String NEGATIVE = "LPI";

  /** What a code must be, as the end of a sentence. */
  static final String RULE =
      "must have one of R and L, one of A and P, one of S and I, in upper case and in any order,"
          + " such as RAS";

  /** Refuses what {@link #isCode} refuses. */
  public Orientation {
    if (!isCode(code)) {
      throw new IllegalArgumentException("orientation '" + code + "' " + RULE);
    }
  }

  /** Whether {@code code} names each of the three directions once. */
  static boolean isCode(String code) {
    return code.length() == 3
        && code.chars()
                .map(letter -> direction((char) letter))
                .filter(d -> d >= 0)
                .distinct()
                .count()
            == 3;
  }

  /**
   * The orientation of axes that run along the given directions.
   *
   * @param directions of x, y and z: 0 for left to right, 1 for back to front, 2 for bottom to top
   * @param reversed whether the axis runs the other way
   */
  static Orientation of(int[] directions, boolean[] reversed) {
    StringBuilder code = new StringBuilder();
    for (int axis = 0; axis < 3; axis++) {
      code.append((reversed[axis] ? NEGATIVE : POSITIVE).charAt(directions[axis]));
    }
    return new Orientation(code.toString());
  }

  /** 0 for left and right, 1 for front and back, 2 for top and bottom, -1 for other letters. */
  private static int direction(char letter) {
    return Math.max(POSITIVE.indexOf(letter), NEGATIVE.indexOf(letter));
  }

  /**
   * {@code volume}, whose axes have this orientation, with axes of the orientation {@code wanted}:
   * axes are exchanged and turned round, no value is changed.
   */
  Samples bring(Samples volume, Orientation wanted) {
    if (equals(wanted)) {
      return volume;
    }
    int[] fileSides = volume.shape().toArray();
    int[] fileStrides = volume.shape().strides();
    int[] sides = new int[3];
    int[] steps = new int[3];
    int first = 0;
    for (int axis = 0; axis < 3; axis++) {
      int from = 0;
      while (direction(code.charAt(from)) != direction(wanted.code.charAt(axis))) {
        from++;
      }
      // Shapes have x last, codes have it first.
      int side = fileSides[2 - from];
      int stride = fileStrides[2 - from];
      boolean turned = code.charAt(from) != wanted.code.charAt(axis);
      sides[2 - axis] = side;
      steps[2 - axis] = turned ? -stride : stride;
      first += turned ? (side - 1) * stride : 0;
    }
    return volume.withValues(Shape.of(sides), gather(volume.values(), sides, steps, first));
  }

  private static double[] gather(double[] source, int[] sides, int[] steps, int first) {
    double[] values = new double[source.length];
    int to = 0;
    for (int z = 0; z < sides[0]; z++) {
      for (int y = 0; y < sides[1]; y++) {
        int from = first + z * steps[0] + y * steps[1];
        for (int x = 0; x < sides[2]; x++) {
          values[to++] = source[from + x * steps[2]];
        }
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return code;
  }
}
