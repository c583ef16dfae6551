package io.maskwire.compiler;

import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A small model of the catalogue.
 *
 * @param name what it shows
 * @param opset version of the operator set
 * @param builder adds inputs, nodes and outputs
 */
record ModelCase(String name, long opset, Consumer<ModelBuilder> builder) {

  static ModelCase of(String name, long opset, Consumer<ModelBuilder> builder) {
    return new ModelCase(name, opset, builder);
  }

  /** A model of one input and one output. */
  static ModelCase unary(
      String name, long opset, int[] shape, BiFunction<ModelBuilder, String, String> function) {
    return of(name, opset, model -> model.output(function.apply(model, model.input("x", shape))));
  }

  static Stream<ModelCase> all() {
    return Stream.of(
            LinearModels.all(),
            PoolingModels.all(),
            ElementwiseModels.all(),
            StructuralModels.all())
        .flatMap(stream -> stream);
  }

  ModelBuilder build() {
    ModelBuilder model = new ModelBuilder(opset, new Random(name.hashCode()));
    builder.accept(model);
    return model;
  }

  @Override
  public String toString() {
    return name;
  }
}
