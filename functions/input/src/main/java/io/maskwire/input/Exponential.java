package io.maskwire.input;

/**
 * The exponential function with the bits that {@code docs/PREPROCESS.md} gives it: those of
 * libraries and browsers differ in the last one.
 */
final class Exponential {
  private static final double LIMIT = 700;
  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts, the first short enough for exact products (fdlibm, e_exp.c). */
  private static final double LN2_HIGH = 0.6931471803691238;

  private static final double LN2_LOW = 1.9082149292705877e-10;

  /** The remainder is at most 0.35: the next term is below 2^-57. */
  private static final int TERMS = 13;

  private Exponential() {}

  /** e to the power of {@code exponent}, which is limited to -700 to 700. */
  static double of(double exponent) {
    double x = Math.min(Math.max(exponent, -LIMIT), LIMIT);
    double doublings = Math.floor(x * LOG2_E + 0.5);
    double rest = (x - doublings * LN2_HIGH) - doublings * LN2_LOW;
    double sum = 1;
    for (int term = TERMS; term >= 1; term--) {
      sum = rest * sum / term + 1;
    }
    // A product with a power of two in the range of normal numbers is exact.
    return Math.scalb(sum, (int) doublings);
  }
}
