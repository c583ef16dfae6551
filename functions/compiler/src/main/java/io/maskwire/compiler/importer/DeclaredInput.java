package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An input that a model's user supplies.
 *
 * @param name in the graph
 * @param shape with an open batch dimension taken as 1
 */
public record DeclaredInput(String name, Shape shape) {

  /**
   * The inputs of {@code model} that no initializer fills, in its order.
   *
   * @throws io.maskwire.compiler.onnx.CorruptModelException if one has no usable shape
   */
  public static List<DeclaredInput> of(OnnxModel model) {
    GraphProto graph = model.proto().getGraph();
    Set<String> initializers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph.getInputList().stream()
        .filter(input -> !initializers.contains(input.getName()))
        .map(input -> new DeclaredInput(input.getName(), InputShape.of(input)))
        .toList();
  }

  /**
   * The only input of {@code model}.
   *
   * @param what needs that there is one alone, for the message: "calibration needs"
   */
  public static DeclaredInput only(OnnxModel model, String what) {
    List<DeclaredInput> inputs = of(model);
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "%s a model with one input, this one has %d".formatted(what, inputs.size()));
    }
    return inputs.getFirst();
  }
}
