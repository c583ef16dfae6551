package io.maskwire.compiler.importer;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;

/**
 * A constant that broadcasts to a shape, as few values as possible: element i of the result is
 * values[(i / inner) mod count].
 *
 * @param values flat
 * @param inner consecutive elements that share a value
 */
record PerChannel(FloatTensor values, int inner) {

  /** {@code constant} broadcast to {@code shape}. */
  static PerChannel of(FloatTensor constant, Shape shape) {
    Shape aligned = Positions.align(constant.shape(), shape.rank());
    if (aligned.rank() > shape.rank()) {
      throw new IllegalArgumentException(
          "shape " + constant.shape() + " does not broadcast to " + shape);
    }
    int last = shape.rank() - 1;
    int inner = 1;
    while (last >= 0 && aligned.dimension(last) == 1) {
      inner *= shape.dimension(last--);
    }
    int first = 0;
    while (first <= last && aligned.dimension(first) == 1) {
      first++;
    }
    for (int axis = first; axis <= last; axis++) {
      if (aligned.dimension(axis) != shape.dimension(axis)) {
        return expanded(constant, shape);
      }
    }
    int count = constant.values().length;
    return new PerChannel(constant.reshape(Shape.of(count)), inner);
  }

  private static PerChannel expanded(FloatTensor constant, Shape shape) {
    int[] positions = Positions.broadcast(constant.shape(), shape);
    float[] values = new float[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = constant.get(positions[i]);
    }
    return new PerChannel(FloatTensor.takeOwnershipOf(Shape.of(values.length), values), 1);
  }
}
