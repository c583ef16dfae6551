package io.maskwire.input;

/**
 * Resizing one axis at a time, in doubles. Pixel i covers [i, i + 1), so new pixel i of n covers [i
 * * L / n, (i + 1) * L / n) of an axis of length L and its centre is (2 i + 1) L / (2 n). Positions
 * are quotients of whole numbers below 2^53, so that a program in any language with IEEE doubles
 * computes the same.
 */
final class Resampler {
  private Resampler() {}

  /**
   * Resizes the middle axis of {@code values} as [outer, length, inner] to {@code target}.
   *
   * @param length the axis now; {@code outer} follows from the number of values
   */
  static double[] resizeAxis(
      double[] values, int length, int inner, int target, Preprocess.Method method) {
    if (target == length || method == Preprocess.Method.NONE) {
      return values;
    }
    int outer = values.length / length / inner;
    double[] result = new double[outer * target * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < target; i++) {
        Line line = new Line(values, o * length * inner, length, inner);
        int to = (o * target + i) * inner;
        switch (method) {
          case AREA -> area(line, i, target, result, to);
          case BILINEAR -> bilinear(line, i, target, result, to);
          case NEAREST -> nearest(line, i, target, result, to);
          case NONE -> throw new AssertionError("NONE was handled above");
        }
      }
    }
    return result;
  }

  /** Rows of {@code inner} values, {@code length} of them, from index {@code start}. */
  @SuppressWarnings("ArrayRecordComponent") // a parameter object that never leaves this class
  private record Line(double[] values, int start, int length, int inner) {
    double at(int row, int offset) {
      return values[start + row * inner + offset];
    }
  }

  private static void nearest(Line line, int i, int target, double[] result, int to) {
    int row = (int) ((2L * i + 1) * line.length() / (2L * target));
    for (int k = 0; k < line.inner(); k++) {
      result[to + k] = line.at(row, k);
    }
  }

  private static void bilinear(Line line, int i, int target, double[] result, int to) {
    double center = (double) ((2L * i + 1) * line.length()) / (double) (2L * target) - 0.5;
    double position = Math.min(Math.max(center, 0), line.length() - 1);
    int low = (int) position;
    int high = Math.min(low + 1, line.length() - 1);
    double t = position - low;
    for (int k = 0; k < line.inner(); k++) {
      double a = line.at(low, k);
      double b = line.at(high, k);
      result[to + k] = a + (b - a) * t;
    }
  }

  /** Overlaps are counted in units of 1 / target, which makes them whole numbers. */
  private static void area(Line line, int i, int target, double[] result, int to) {
    long begin = (long) i * line.length();
    long end = begin + line.length();
    for (long row = begin / target; row * target < end; row++) {
      double overlap = Math.min((row + 1) * target, end) - Math.max(row * target, begin);
      for (int k = 0; k < line.inner(); k++) {
        result[to + k] += overlap * line.at((int) row, k);
      }
    }
    for (int k = 0; k < line.inner(); k++) {
      result[to + k] /= line.length();
    }
  }
}
