package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
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
   * @throws UnsupportedModelException naming those that have no usable shape
   */
  public static List<DeclaredInput> of(OnnxModel model) {
    GraphProto graph = model.proto().getGraph();
    Set<String> initializers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<DeclaredInput> inputs = new ArrayList<>();
    List<UnsupportedNode> unsupported = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (initializers.contains(input.getName())) {
        continue;
      }
      try {
        inputs.add(new DeclaredInput(input.getName(), InputShape.of(input)));
      } catch (UnsupportedNodeException e) {
        String hint = String.valueOf(e.getMessage());
        unsupported.add(new UnsupportedNode(input.getName(), "input", List.of(), hint));
      }
    }
    if (!unsupported.isEmpty()) {
      throw new UnsupportedModelException(model.name(), unsupported);
    }
    return inputs;
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
