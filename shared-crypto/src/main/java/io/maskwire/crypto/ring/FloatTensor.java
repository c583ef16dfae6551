package io.maskwire.crypto.ring;

import java.util.Arrays;

/** Real numbers before encoding and after decoding: row-major floats of a shape. */
public final class FloatTensor {
  private final Shape shape;
  private final float[] values;

  private FloatTensor(Shape shape, float[] values) {
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + shape.elements()
              + " elements, the array has "
              + values.length);
    }
    this.shape = shape;
    this.values = values;
  }

  /** A tensor over {@code values} itself, which the caller must not touch again. */
  public static FloatTensor takeOwnershipOf(Shape shape, float[] values) {
    return new FloatTensor(shape, values);
  }

  /** A tensor over a copy of {@code values}. */
  public static FloatTensor copyOf(Shape shape, float[] values) {
    return new FloatTensor(shape, values.clone());
  }

  /** Dimensions, row major. */
  public Shape shape() {
    return shape;
  }

  /** The array itself, not a copy: read only. */
  public float[] values() {
    return values;
  }

  /** The element at flat {@code index}. */
  public float get(int index) {
    return values[index];
  }

  /** The same elements under another shape of as many elements. */
  public FloatTensor reshape(Shape other) {
    return new FloatTensor(other, values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatTensor tensor
        && shape.equals(tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatTensor" + shape;
  }
}
