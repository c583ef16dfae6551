package io.maskwire.compiler.lowering;

/**
 * An interval that contains all elements of a wire, as integers.
 *
 * @param low smallest value
 * @param high largest value
 * @param certainty why it holds
 */
record Range(double low, double high, Certainty certainty) {
  /** Covers the rounding errors of interval arithmetic in doubles. */
  private static final double SLACK = 1e-12;

  Range {
    if (!(low <= high)) {
      throw new IllegalArgumentException("no interval from " + low + " to " + high);
    }
  }

  static Range proven(double low, double high) {
    return new Range(low, high, Certainty.PROVEN);
  }

  /** Largest magnitude. */
  double magnitude() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  Range plus(Range other) {
    return widened(low + other.low, high + other.high, certainty.and(other.certainty));
  }

  Range minus(Range other) {
    return widened(low - other.high, high - other.low, certainty.and(other.certainty));
  }

  Range times(double factor) {
    double a = low * factor;
    double b = high * factor;
    return widened(Math.min(a, b), Math.max(a, b), certainty);
  }

  Range times(Range other) {
    double a = low * other.low;
    double b = low * other.high;
    double c = high * other.low;
    double d = high * other.high;
    return widened(
        Math.min(Math.min(a, b), Math.min(c, d)),
        Math.max(Math.max(a, b), Math.max(c, d)),
        certainty.and(other.certainty));
  }

  Range join(Range other) {
    return new Range(
        Math.min(low, other.low), Math.max(high, other.high), certainty.and(other.certainty));
  }

  /** With zero among the values. */
  Range withZero() {
    return new Range(Math.min(low, 0), Math.max(high, 0), certainty);
  }

  /** After max(x, 0). */
  Range positive() {
    return new Range(Math.max(low, 0), Math.max(high, 0), certainty);
  }

  /** After (y + rho) >> shift. */
  Range shifted(int shift) {
    double rho = shift > 0 ? Math.scalb(0.5, shift) : 0;
    return new Range(
        Math.floor(Math.scalb(low + rho, -shift)),
        Math.floor(Math.scalb(high + rho, -shift)),
        certainty);
  }

  /** The values that are also between {@code from} and {@code to}. */
  Range within(double from, double to, Certainty because) {
    double least = Math.clamp(low, from, to);
    double most = Math.clamp(high, from, to);
    return new Range(least, most, because);
  }

  /** {@code low} to {@code high}, a little more if they are not small integers. */
  static Range widened(double low, double high, Certainty certainty) {
    double slack = SLACK * Math.max(Math.abs(low), Math.abs(high));
    return slack < 1e-3
        ? new Range(low, high, certainty)
        : new Range(low - slack, high + slack, certainty);
  }
}
