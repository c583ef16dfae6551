package io.maskwire.crypto.ring;

import java.util.Arrays;

/** Numbers of elements as products of lengths, within what an array holds. */
final class ElementCount {
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private ElementCount() {}

  /**
   * The product of {@code lengths}, none of them negative.
   *
   * @throws IllegalArgumentException naming {@code what} has too many elements
   */
  static int of(String what, int... lengths) {
    long product = 1;
    for (int length : lengths) {
      product *= length;
      if (product > LARGEST) {
        throw new IllegalArgumentException(
            "%s of lengths %s: more elements than an array holds"
                .formatted(what, Arrays.toString(lengths)));
      }
    }
    return (int) product;
  }
}
