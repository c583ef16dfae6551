package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.util.List;
import java.util.Optional;

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
  private final Optional<Directions> directions;
  private final List<String> doubts;

  Samples(InputKind kind, Shape shape, double[] values) {
    this(kind, shape, values, Optional.empty(), List.of());
  }

  /**
   * Samples of a file that says where they are.
   *
   * @param directions of the axes of a volume
   * @param doubts what the user should hear of the file, each the rest of a sentence that begins
   *     with its name
   */
  Samples(
      InputKind kind,
      Shape shape,
      double[] values,
      Optional<Directions> directions,
      List<String> doubts) {
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not fit " + values.length + " samples");
    }
    this.kind = kind;
    this.shape = shape;
    this.values = values;
    this.directions = directions;
    this.doubts = List.copyOf(doubts);
  }

  /** Other values of the same file. */
  Samples withValues(Shape changed, double[] moved) {
    return new Samples(kind, changed, moved, directions, doubts);
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

  /**
   * What the file says of the directions of its axes; empty for kinds of files that say nothing.
   */
  Optional<Directions> directions() {
    return directions;
  }

  /** What the user should hear of the file. */
  List<String> doubts() {
    return doubts;
  }

  @Override
  public String toString() {
    return kind.label() + shape;
  }
}
