package io.maskwire.compiler.optimizer;

import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import java.util.Optional;

/** Consecutive structural operators become one; those that change nothing vanish. */
final class GatherComposition {
  private GatherComposition() {}

  static Graph apply(Graph graph) {
    Rewriting rewriting = new Rewriting(graph);
    for (Graph.Node original : graph.nodes()) {
      Graph.Node node = compose(rewriting, rewriting.current(original));
      if (isIdentity(node)) {
        rewriting.rename(node.output(), node.inputs().getFirst());
      } else {
        rewriting.keep(node);
      }
    }
    return Rewriting.withoutUnused(rewriting.result());
  }

  private static Graph.Node compose(Rewriting rewriting, Graph.Node node) {
    if (node.inputs().size() != 1) {
      return node;
    }
    Optional<Graph.Node> inner =
        rewriting
            .producer(node.inputs().getFirst())
            .filter(
                producer ->
                    producer.operator() instanceof Operator.Gather g && g.map().terms() == 1);
    if (inner.isEmpty()) {
      return node;
    }
    IndexMap first = ((Operator.Gather) inner.get().operator()).map();
    Optional<Operator> composed =
        switch (node.operator()) {
          case Operator.Gather g -> Optional.of(new Operator.Gather(compose(first, g.map())));
          case Operator.Maximum m ->
              Optional.of(compose(first, m.windows()))
                  .filter(GatherComposition::isFull)
                  .map(Operator.Maximum::new);
          default -> Optional.empty();
        };
    return composed
        .map(operator -> new Graph.Node(node.name(), operator, inner.get().inputs(), node.output()))
        .orElse(node);
  }

  private static IndexMap compose(IndexMap first, IndexMap second) {
    int[] outer = second.indices();
    int[] composed = new int[outer.length];
    for (int i = 0; i < outer.length; i++) {
      composed[i] = outer[i] == IndexMap.NOTHING ? outer[i] : first.indices()[outer[i]];
    }
    return IndexMap.sums(composed, second.terms());
  }

  private static boolean isFull(IndexMap map) {
    for (int index : map.indices()) {
      if (index == IndexMap.NOTHING) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentity(Graph.Node node) {
    if (!(node.operator() instanceof Operator.Gather(IndexMap map))
        || node.inputs().size() != 1
        || map.terms() != 1
        || map.outputCount() != node.inputs().getFirst().shape().elements()) {
      return false;
    }
    for (int i = 0; i < map.outputCount(); i++) {
      if (map.indices()[i] != i) {
        return false;
      }
    }
    return true;
  }
}
