package io.maskwire.crypto.ring;

/**
 * Widths of a truncation: x = (y + rho) >> shift, |x| <= 2^(value - 1) - 2.
 *
 * @param value b, bits of the truncated value, at least 2
 * @param shift f, bits that are dropped; b + f is at most 64
 * @param round rho is 2^(f-1) if true, 0 if false
 */
public record Truncation(BitWidth value, int shift, boolean round) {
  public Truncation {
    if (value.bits() < 2 || shift < 0 || value.bits() + shift > Long.SIZE) {
      throw new IllegalArgumentException(
          "a truncation keeps at least 2 bits and has a product of at most 64, not "
              + value
              + " after a shift of "
              + shift);
    }
  }

  /** N = b + f, the ring of y. */
  public BitWidth product() {
    return BitWidth.of(value.bits() + shift);
  }

  /** rho, the public rounding constant. */
  public long rounding() {
    return round && shift > 0 ? 1L << (shift - 1) : 0;
  }

  /** (y + rho) >> shift for a signed y. */
  public long apply(long y) {
    return (y + rounding()) >> shift;
  }
}
