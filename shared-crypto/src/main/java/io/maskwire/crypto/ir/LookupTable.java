package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.BitWidth;
import java.util.Arrays;

/** A public function on m bits, listed: entry x mod 2^m is the value at x. */
public final class LookupTable {
  /** Largest domain, in bits: the whole domain is evaluated for each element. */
  public static final int LARGEST_DOMAIN_BITS = 16;

  private final BitWidth domain;
  private final long[] entries;

  private LookupTable(long[] entries) {
    int bits = Integer.numberOfTrailingZeros(entries.length);
    if (Integer.bitCount(entries.length) != 1 || bits < 1 || bits > LARGEST_DOMAIN_BITS) {
      throw new IllegalArgumentException(
          "a table has 2 to 2^%d entries, a power of two, not %d"
              .formatted(LARGEST_DOMAIN_BITS, entries.length));
    }
    this.domain = BitWidth.of(bits);
    this.entries = entries;
  }

  /** The table over {@code entries} itself, which the caller must not touch again. */
  public static LookupTable takeOwnershipOf(long[] entries) {
    return new LookupTable(entries);
  }

  /** m. */
  public BitWidth domain() {
    return domain;
  }

  /** All 2^m entries, not a copy: read only. */
  public long[] entries() {
    return entries;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LookupTable table && Arrays.equals(entries, table.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return "LookupTable[" + domain + "]";
  }
}
