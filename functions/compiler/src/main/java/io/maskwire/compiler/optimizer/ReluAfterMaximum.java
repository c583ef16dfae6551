package io.maskwire.compiler.optimizer;

import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Operator;
import java.util.List;
import java.util.Optional;

/** max(relu(x)) = relu(max(x)), which takes fewer ReLUs where windows overlap little. */
final class ReluAfterMaximum {
  /** Width of a value over width of a product, for the comparison of costs. */
  private static final double VALUE_TO_PRODUCT = 0.65;

  private ReluAfterMaximum() {}

  static Graph apply(Graph graph) {
    Rewriting rewriting = new Rewriting(graph);
    for (Graph.Node original : graph.nodes()) {
      Graph.Node node = rewriting.current(original);
      Optional<Graph.Node> relu = reluBefore(rewriting, node);
      if (relu.isPresent()) {
        rewriting.drop(relu.get().output());
        Graph.Value maximum = rewriting.fresh(node.output().shape());
        rewriting.keep(new Graph.Node(node.name(), node.operator(), relu.get().inputs(), maximum));
        rewriting.keep(
            new Graph.Node(
                relu.get().name(), relu.get().operator(), List.of(maximum), node.output()));
      } else {
        rewriting.keep(node);
      }
    }
    return rewriting.result();
  }

  private static Optional<Graph.Node> reluBefore(Rewriting rewriting, Graph.Node node) {
    if (!(node.operator() instanceof Operator.Maximum maximum) || node.inputs().size() != 1) {
      return Optional.empty();
    }
    Graph.Value input = node.inputs().getFirst();
    double outputs = node.output().shape().elements();
    int window = maximum.windows().terms();
    double before = input.shape().elements() + VALUE_TO_PRODUCT * outputs * (window - 1);
    return rewriting
        .producer(input)
        .filter(producer -> producer.operator() instanceof Operator.Relu)
        .filter(_ -> rewriting.isReadOnce(input) && outputs * window <= before);
  }
}
