package io.maskwire.crypto.ring;

import java.util.Arrays;
import java.util.List;

/**
 * Dimensions of a tensor, outermost first (row major). An empty list is a scalar.
 *
 * @param dimensions lengths, none negative
 */
public record Shape(List<Integer> dimensions) {
  public Shape {
    dimensions = List.copyOf(dimensions);
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension in shape " + dimensions);
      }
    }
    ElementCount.of("a shape", dimensions.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The shape with these dimensions. */
  public static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** Number of elements: the product of all dimensions, 1 for a scalar. */
  public int elements() {
    int elements = 1;
    for (int dimension : dimensions) {
      elements *= dimension;
    }
    return elements;
  }

  /** Number of dimensions. */
  public int rank() {
    return dimensions.size();
  }

  /** Length of dimension {@code axis}; negative axes count from the last. */
  public int dimension(int axis) {
    return dimensions.get(axis < 0 ? axis + rank() : axis);
  }

  /** Dimensions as an array of their own. */
  public int[] toArray() {
    return dimensions.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Row-major strides, in elements. */
  public int[] strides() {
    int[] strides = new int[rank()];
    int stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dimensions.get(axis);
    }
    return strides;
  }

  @Override
  public String toString() {
    return dimensions.toString();
  }
}
