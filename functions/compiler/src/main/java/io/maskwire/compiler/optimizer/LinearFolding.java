package io.maskwire.compiler.optimizer;

import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Factors and summands that follow a linear layer become part of its weights and bias: batch
 * normalisation after a convolution, alpha and C of a Gemm.
 */
final class LinearFolding {
  private LinearFolding() {}

  static Graph apply(Graph graph) {
    Rewriting rewriting = new Rewriting(graph);
    for (Graph.Node original : graph.nodes()) {
      Graph.Node node = rewriting.current(original);
      Optional<Merged> merged = merge(rewriting, node);
      merged.ifPresent(found -> rewriting.drop(found.layer().output()));
      rewriting.keep(
          merged
              .map(
                  found ->
                      new Graph.Node(
                          found.layer().name(),
                          found.operator(),
                          found.layer().inputs(),
                          node.output()))
              .orElse(node));
    }
    return Rewriting.withoutUnused(rewriting.result());
  }

  /** A layer and what becomes of it. */
  private record Merged(Graph.Node layer, Operator.Linear operator) {}

  private static Optional<Merged> merge(Rewriting rewriting, Graph.Node node) {
    return switch (node.operator()) {
      case Operator.Linear(Scaling scaling, FloatTensor factors, Optional<Operator.Bias> bias) ->
          layer(rewriting, node.inputs().getFirst())
              .flatMap(
                  layer ->
                      LinearRows.of(layer)
                          .scaled(i -> factors.get(i / scaling.inner() % scaling.channels()))
                          .map(rows -> bias.map(b -> rows.shifted(b::at)).orElse(rows))
                          .map(rows -> new Merged(layer, rows.toOperator())));
      case Operator.Scale(double factor) ->
          layer(rewriting, node.inputs().getFirst())
              .flatMap(
                  layer ->
                      LinearRows.of(layer)
                          .scaled(_ -> factor)
                          .map(rows -> new Merged(layer, rows.toOperator())));
      case Operator.Sum sum when node.inputs().size() == 2 ->
          shifted(rewriting, node, sum.signs(), 0)
              .or(() -> shifted(rewriting, node, sum.signs(), 1));
      default -> Optional.empty();
    };
  }

  private static Optional<Merged> shifted(
      Rewriting rewriting, Graph.Node node, List<Integer> signs, int position) {
    int other = 1 - position;
    return layer(rewriting, node.inputs().get(position))
        .flatMap(
            layer ->
                constant(rewriting, node.inputs().get(other))
                    .flatMap(
                        constant ->
                            LinearRows.of(layer)
                                .scaled(_ -> signs.get(position))
                                .map(rows -> rows.shifted(i -> signs.get(other) * constant.get(i))))
                    .map(rows -> new Merged(layer, rows.toOperator())));
  }

  /** The linear layer that defines {@code value} for one reader only. */
  private static Optional<Graph.Node> layer(Rewriting rewriting, Graph.Value value) {
    return rewriting
        .producer(value)
        .filter(node -> node.operator() instanceof Operator.Linear)
        .filter(_ -> rewriting.isReadOnce(value));
  }

  /** The elements of {@code value} if they are a constant, repeated or not. */
  private static Optional<FloatTensor> constant(Rewriting rewriting, Graph.Value value) {
    Optional<Graph.Node> producer = rewriting.producer(value);
    if (producer.isEmpty()) {
      return Optional.empty();
    }
    return switch (producer.get().operator()) {
      case Operator.Constant(FloatTensor values) -> Optional.of(values);
      case Operator.Gather(IndexMap map)
          when map.terms() == 1 && producer.get().inputs().size() == 1 ->
          constant(rewriting, producer.get().inputs().getFirst())
              .map(values -> gathered(values, map));
      default -> Optional.empty();
    };
  }

  private static FloatTensor gathered(FloatTensor values, IndexMap map) {
    float[] gathered = new float[map.outputCount()];
    for (int i = 0; i < gathered.length; i++) {
      int index = map.indices()[i];
      gathered[i] = index == IndexMap.NOTHING ? 0 : values.get(index);
    }
    return FloatTensor.takeOwnershipOf(Shape.of(gathered.length), gathered);
  }
}
