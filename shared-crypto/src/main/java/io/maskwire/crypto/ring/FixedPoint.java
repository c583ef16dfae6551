package io.maskwire.crypto.ring;

/**
 * Reals as integers: x is floor(x * 2^scale + 1/2). Rounding, not truncation: truncating weights
 * toward zero costs a factor of ten in accuracy.
 */
public final class FixedPoint {
  /** Encodings are smaller, so that sums of two fit 64 bits. */
  private static final double LIMIT = 0x1p62;

  private FixedPoint() {}

  /**
   * The encoding of {@code value}.
   *
   * @throws IllegalArgumentException if the value is not finite or does not fit 63 bits
   */
  public static long encode(double value, int scale) {
    double scaled = Math.scalb(value, scale);
    if (!(Math.abs(scaled) < LIMIT)) {
      throw new IllegalArgumentException(
          "the value %s has no encoding with %d fractional bits".formatted(value, scale));
    }
    // Not floor(scaled + 0.5): that sum is rounded, which is wrong just below 1/2 and above 2^52.
    double floor = Math.floor(scaled);
    return (long) floor + (scaled - floor >= 0.5 ? 1 : 0);
  }

  /** The real that {@code encoded}, a signed integer, stands for. */
  public static double decode(long encoded, int scale) {
    return Math.scalb((double) encoded, -scale);
  }

  /**
   * Encodes a tensor and refuses what the receiver could not handle.
   *
   * @param bound largest magnitude of an encoded element
   * @throws MagnitudeException naming the first element that is too large, or is no number
   */
  public static RingTensor encode(FloatTensor tensor, int scale, long bound) {
    float[] values = tensor.values();
    long[] encoded = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(Math.scalb((double) values[i], scale)) < LIMIT)) {
        throw beyond(values, i, decode(bound, scale));
      }
      encoded[i] = encode(values[i], scale);
      if (Math.abs(encoded[i]) > bound) {
        throw beyond(values, i, decode(bound, scale));
      }
    }
    return RingTensor.takeOwnershipOf(tensor.shape(), encoded);
  }

  /**
   * Refuses a tensor before it is known how it will be encoded.
   *
   * @param bound largest magnitude of an element
   * @throws MagnitudeException naming the first element that is too large, or is no number
   */
  public static void requireWithin(FloatTensor tensor, double bound) {
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]) <= bound)) {
        throw beyond(values, i, bound);
      }
    }
  }

  private static MagnitudeException beyond(float[] values, int element, double bound) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Float.isNaN(value) ? Float.POSITIVE_INFINITY : Math.abs(value));
    }
    return new MagnitudeException(element, values[element], largest, bound);
  }

  /** Decodes elements of {@code width}, read as signed. */
  public static FloatTensor decode(RingTensor tensor, int scale, BitWidth width) {
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) decode(width.toSigned(tensor.get(i)), scale);
    }
    return FloatTensor.takeOwnershipOf(tensor.shape(), values);
  }
}
