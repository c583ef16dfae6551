package io.maskwire.compiler.importer;

import java.util.List;

/** The meaning of an ONNX operator. */
@FunctionalInterface
interface Rule {
  /**
   * Imports a node.
   *
   * @return what its outputs stand for, as many as the node needs
   * @throws UnsupportedNodeException if this use of the operator is not supported
   */
  List<Imported> apply(ImportNode node);

  /** A rule with one output. */
  static Rule single(java.util.function.Function<ImportNode, Imported> rule) {
    return node -> List.of(rule.apply(node));
  }
}
