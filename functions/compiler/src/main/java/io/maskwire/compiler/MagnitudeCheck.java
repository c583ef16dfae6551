package io.maskwire.compiler;

import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Finds parameters that fixed point cannot hold: not numbers, or far larger than any weight. */
final class MagnitudeCheck {
  private static final double LARGEST = 0x1p20;

  private MagnitudeCheck() {}

  static List<UnsupportedNode> check(Graph graph) {
    List<UnsupportedNode> found = new ArrayList<>();
    for (Graph.Node node : graph.nodes()) {
      tooLarge(node.operator())
          .ifPresent(
              value ->
                  found.add(
                      new UnsupportedNode(
                          node.name(),
                          "parameter",
                          List.of(node.output().shape().toString()),
                          "it has the value %s; magnitudes up to 2^20 are supported"
                              .formatted(value))));
    }
    return found;
  }

  private static Optional<Double> tooLarge(Operator operator) {
    return switch (operator) {
      case Operator.Constant(FloatTensor values) -> tooLarge(values);
      case Operator.Linear linear ->
          tooLarge(linear.weights())
              .or(() -> linear.bias().flatMap(bias -> tooLarge(bias.values())));
      case Operator.ParametricRelu relu -> tooLarge(relu.slopes());
      case Operator.PiecewiseLinear function ->
          DoubleStream.concat(
                  DoubleStream.of(function.offset(), function.slope()),
                  function.pieces().stream()
                      .flatMapToDouble(piece -> DoubleStream.of(piece.slope(), piece.threshold())))
              .filter(MagnitudeCheck::isTooLarge)
              .boxed()
              .findFirst();
      case Operator.ArgMax _,
          Operator.Gather _,
          Operator.Maximum _,
          Operator.Multiply _,
          Operator.Relu _,
          Operator.Scale _,
          Operator.Sum _ ->
          Optional.empty();
    };
  }

  private static Optional<Double> tooLarge(FloatTensor values) {
    for (float value : values.values()) {
      if (isTooLarge(value)) {
        return Optional.of((double) value);
      }
    }
    return Optional.empty();
  }

  private static boolean isTooLarge(double value) {
    return !(Math.abs(value) <= LARGEST);
  }
}
