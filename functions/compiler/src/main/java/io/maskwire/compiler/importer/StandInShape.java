package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.crypto.ring.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Shapes of results that cannot be computed, so that the import finds later problems too. */
final class StandInShape {
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Sigmoid",
          "Tanh",
          "Elu",
          "Selu",
          "Softplus",
          "Softsign",
          "Erf",
          "Exp",
          "Log",
          "Sqrt",
          "Gelu",
          "LRN",
          "Softmax",
          "LogSoftmax",
          "InstanceNormalization",
          "LayerNormalization",
          "Sign",
          "Floor",
          "Ceil",
          "Round",
          "Reciprocal",
          "Sin",
          "Cos",
          "Mish",
          "Celu",
          "Pow",
          "Cast",
          "Div",
          "Hardmax",
          "ThresholdedRelu",
          "Swish",
          "GroupNormalization");

  private StandInShape() {}

  /** The shape that the file declares for {@code name}. */
  static Optional<Shape> of(GraphProto graph, String name) {
    return Stream.concat(graph.getValueInfoList().stream(), graph.getOutputList().stream())
        .filter(info -> info.getName().equals(name))
        .findFirst()
        .flatMap(StandInShape::declared);
  }

  private static Optional<Shape> declared(ValueInfoProto info) {
    try {
      return Optional.of(InputShape.of(info));
    } catch (UnsupportedNodeException _) {
      return Optional.empty();
    }
  }

  /** The shape of the first input, for operators that keep it. */
  static Optional<Shape> elementwise(String operator, Optional<Imported> input) {
    return input
        .filter(imported -> ELEMENTWISE.contains(operator))
        .filter(imported -> !(imported instanceof Imported.Unknown))
        .map(GraphBuilder::shapeOf);
  }
}
