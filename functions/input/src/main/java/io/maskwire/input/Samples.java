package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;

/**
 * A decoded file before preprocessing. Shapes: a picture is [height, width, channels], a volume [z,
 * y, x] (the order of the file, x fastest), a tensor has its own shape.
 */
final class Samples {
  /** The most samples one input may have: 64 Mi, half a gigabyte as doubles. */
  static final int MAX_SAMPLES = 1 << 26;

  private final InputKind kind;
  private final Shape shape;
  private final double[] values;

  Samples(InputKind kind, Shape shape, double[] values) {
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not fit " + values.length + " samples");
    }
    this.kind = kind;
    this.shape = shape;
    this.values = values;
  }

  /**
   * The number of samples in a box of these sides.
   *
   * @throws InputException if a side is not positive or the product is above {@link #MAX_SAMPLES}
   */
  static int count(String name, String what, long... sides) {
    long count = 1;
    for (long side : sides) {
      if (side <= 0) {
        throw new InputException(name, what + " has a side of " + side + "; it must be positive");
      }
      // Both factors are at most 2^26 and 2^63: the check must not overflow.
      if (side > MAX_SAMPLES / count) {
        throw new InputException(
            name,
            what
                + " has more than "
                + MAX_SAMPLES
                + " samples, the most that is read; crop or downsample it first");
      }
      count *= side;
    }
    return (int) count;
  }

  InputKind kind() {
    return kind;
  }

  Shape shape() {
    return shape;
  }

  /** The array itself, row major. */
  double[] values() {
    return values;
  }

  @Override
  public String toString() {
    return kind.label() + shape;
  }
}
