package io.maskwire.crypto.ring;

/**
 * The width n of a ring Z_{2^n}, 1 to 64 bits. Values live in a {@code long}; only the low n bits
 * mean anything.
 *
 * @param bits number of bits, from 1 to 64
 */
public record BitWidth(int bits) implements Comparable<BitWidth> {
  /** Width of a whole {@code long}. */
  public static final BitWidth MAXIMUM = new BitWidth(Long.SIZE);

  public BitWidth {
    if (bits < 1 || bits > Long.SIZE) {
      throw new IllegalArgumentException("a bit width is from 1 to 64, not " + bits);
    }
  }

  /** The width {@code bits}. */
  public static BitWidth of(int bits) {
    return new BitWidth(bits);
  }

  /** A mask of the low n bits. */
  public long mask() {
    return -1L >>> (Long.SIZE - bits);
  }

  /** The representative of {@code value} in [0, 2^n), as an unsigned long. */
  public long reduce(long value) {
    return value & mask();
  }

  /** The representative of {@code value} in [-2^(n-1), 2^(n-1)). */
  public long toSigned(long value) {
    int shift = Long.SIZE - bits;
    return (value << shift) >> shift;
  }

  /** Bytes that {@code count} packed values take. */
  public long packedBytes(long count) {
    return (Math.multiplyExact(count, bits) + 7) >> 3;
  }

  @Override
  public int compareTo(BitWidth other) {
    return Integer.compare(bits, other.bits);
  }

  @Override
  public String toString() {
    return bits + " bits";
  }
}
