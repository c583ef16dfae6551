package io.maskwire.crypto.ring;

/**
 * Elements of Z_{2^64} in row-major order. What they mean is fixed by a {@link BitWidth} kept
 * beside the tensor: only the low bits count. {@link #toString} shows no element, because most
 * tensors are secret.
 */
public final class RingTensor {
  private final Shape shape;
  private final long[] values;

  private RingTensor(Shape shape, long[] values) {
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
  public static RingTensor takeOwnershipOf(Shape shape, long[] values) {
    return new RingTensor(shape, values);
  }

  /** A flat tensor over {@code values} itself, which the caller must not touch again. */
  public static RingTensor takeOwnershipOf(long[] values) {
    return new RingTensor(Shape.of(values.length), values);
  }

  /** A tensor over a copy of {@code values}. */
  public static RingTensor copyOf(Shape shape, long... values) {
    return new RingTensor(shape, values.clone());
  }

  /** Dimensions, row major. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public int size() {
    return values.length;
  }

  /** The array itself, not a copy: read only, unless the caller owns the tensor. */
  public long[] values() {
    return values;
  }

  /** The element at flat {@code index}. */
  public long get(int index) {
    return values[index];
  }

  /** True if both have the same shape and agree mod 2^n in every element. */
  public boolean equalsModulo(RingTensor other, BitWidth width) {
    if (!shape.equals(other.shape)) {
      return false;
    }
    long difference = 0;
    for (int i = 0; i < values.length; i++) {
      difference |= values[i] ^ other.values[i];
    }
    return width.reduce(difference) == 0;
  }

  @Override
  public String toString() {
    return "RingTensor" + shape;
  }
}
