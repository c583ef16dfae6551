package io.maskwire.compiler.optimizer;

import io.maskwire.crypto.ir.Graph;

/** All rewritings, in an order in which one pass of each is enough. */
public final class Optimizer {
  private Optimizer() {}

  /** A graph with the same outputs and fewer or cheaper nodes. */
  public static Graph optimize(Graph graph) {
    Graph composed = GatherComposition.apply(graph);
    Graph folded = LinearFolding.apply(composed);
    Graph pooled = ReluAfterMaximum.apply(folded);
    return Rewriting.withoutUnused(pooled);
  }
}
