package io.maskwire.compiler.importer;

import java.util.List;

/**
 * A node that the compiler does not support.
 *
 * @param name of the node
 * @param operator ONNX operator
 * @param shapes of its inputs, as far as known
 * @param hint what to do instead
 */
public record UnsupportedNode(String name, String operator, List<String> shapes, String hint) {
  public UnsupportedNode {
    shapes = List.copyOf(shapes);
  }

  @Override
  public String toString() {
    return "%s '%s' %s: %s".formatted(operator, name, String.join(", ", shapes), hint);
  }
}
