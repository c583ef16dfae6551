package io.maskwire.compiler;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A model of one node or a few with what the text of the ONNX standard says that it gives.
 *
 * @param name what it shows
 * @param opset version of the operator set
 * @param input the user's
 * @param builder adds nodes behind the input, gives the output's name
 * @param expected the output
 */
record StandardCase(
    String name,
    long opset,
    FloatTensor input,
    BiFunction<ModelBuilder, String, String> builder,
    FloatTensor expected) {

  /** A case whose input is set by {@link #on}, its output by {@link #gives}. */
  static StandardCase named(
      String name, long opset, BiFunction<ModelBuilder, String, String> builder) {
    FloatTensor none = tensor(new int[] {1}, 0);
    return new StandardCase(name, opset, none, builder, none);
  }

  StandardCase on(int[] shape, double... values) {
    return new StandardCase(name, opset, tensor(shape, values), builder, expected);
  }

  StandardCase gives(int[] shape, double... values) {
    return new StandardCase(name, opset, input, builder, tensor(shape, values));
  }

  /** A shape. */
  static int[] shape(int... sides) {
    return sides;
  }

  static FloatTensor tensor(int[] shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return FloatTensor.takeOwnershipOf(Shape.of(shape), floats);
  }

  /** The model, its input named "x". */
  ModelBuilder build() {
    ModelBuilder model = new ModelBuilder(opset, new Random(1));
    model.output(
        builder.apply(
            model,
            model.input(
                "x", input.shape().dimensions().stream().mapToInt(Integer::intValue).toArray())));
    return model;
  }

  @Override
  public String toString() {
    return name + ", opset " + opset;
  }
}
