package io.maskwire.compiler.importer;

import java.util.List;
import java.util.stream.Collectors;

/** The model is valid, but has nodes that the compiler does not support: all of them are named. */
public final class UnsupportedModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<UnsupportedNode> nodes;

  public UnsupportedModelException(String model, List<UnsupportedNode> nodes) {
    super(
        "model '%s' has %d unsupported nodes:%n%s"
            .formatted(
                model,
                nodes.size(),
                nodes.stream().map(node -> "  " + node).collect(Collectors.joining("\n"))));
    this.nodes = List.copyOf(nodes);
  }

  /** Every unsupported node, in the model's order. */
  public List<UnsupportedNode> nodes() {
    return nodes;
  }
}
