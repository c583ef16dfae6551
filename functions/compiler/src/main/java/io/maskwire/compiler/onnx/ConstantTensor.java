package io.maskwire.compiler.onnx;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.function.DoubleUnaryOperator;

/** A tensor that the file contains or that follows from it. */
public sealed interface ConstantTensor {
  /** Dimensions. */
  Shape shape();

  /** The element as a real number. */
  double real(int index);

  /** The element as a whole number, rounded toward zero. */
  long integer(int index);

  /** Elements {@code positions} in that order, under another shape; -1 gives zero. */
  ConstantTensor gather(int[] positions, Shape shape);

  /** The same elements under another shape of as many elements. */
  ConstantTensor reshape(Shape shape);

  /** Number of elements. */
  default int count() {
    return shape().elements();
  }

  /** As floats, converting if need be. */
  default FloatTensor toFloats() {
    float[] values = new float[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) real(i);
    }
    return FloatTensor.takeOwnershipOf(shape(), values);
  }

  /** As an array of whole numbers. */
  default long[] toIntegers() {
    long[] values = new long[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer(i);
    }
    return values;
  }

  /** Real numbers: parameters of the model, so secret. */
  record Floats(FloatTensor values) implements ConstantTensor {
    /** A function of each element. */
    public Floats map(DoubleUnaryOperator function) {
      float[] mapped = new float[count()];
      for (int i = 0; i < mapped.length; i++) {
        mapped[i] = (float) function.applyAsDouble(values.get(i));
      }
      return new Floats(FloatTensor.takeOwnershipOf(shape(), mapped));
    }

    @Override
    public Shape shape() {
      return values.shape();
    }

    @Override
    public double real(int index) {
      return values.get(index);
    }

    @Override
    public long integer(int index) {
      return (long) values.get(index);
    }

    @Override
    public Floats gather(int[] positions, Shape shape) {
      float[] gathered = new float[positions.length];
      for (int i = 0; i < positions.length; i++) {
        gathered[i] = positions[i] < 0 ? 0 : values.get(positions[i]);
      }
      return new Floats(FloatTensor.takeOwnershipOf(shape, gathered));
    }

    @Override
    public Floats reshape(Shape shape) {
      return new Floats(values.reshape(shape));
    }

    @Override
    public FloatTensor toFloats() {
      return values;
    }
  }

  /** Whole numbers: shapes, axes and indices, or parameters: that depends on their use. */
  record Integers(RingTensor values) implements ConstantTensor {
    /** Over {@code values} itself, which the caller must not touch again. */
    public static Integers takeOwnershipOf(Shape shape, long... values) {
      return new Integers(RingTensor.takeOwnershipOf(shape, values));
    }

    @Override
    public Shape shape() {
      return values.shape();
    }

    @Override
    public double real(int index) {
      return values.get(index);
    }

    @Override
    public long integer(int index) {
      return values.get(index);
    }

    @Override
    public Integers gather(int[] positions, Shape shape) {
      long[] gathered = new long[positions.length];
      for (int i = 0; i < positions.length; i++) {
        gathered[i] = positions[i] < 0 ? 0 : values.get(positions[i]);
      }
      return takeOwnershipOf(shape, gathered);
    }

    @Override
    public Integers reshape(Shape shape) {
      return takeOwnershipOf(shape, values.values());
    }
  }
}
