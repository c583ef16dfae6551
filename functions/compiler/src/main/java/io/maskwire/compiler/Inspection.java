package io.maskwire.compiler;

import io.maskwire.compiler.importer.UnsupportedNode;
import java.util.List;
import java.util.Map;

/**
 * What a model consists of, whether supported or not.
 *
 * @param operators how often each ONNX operator occurs among the nodes that the outputs need
 * @param unsupported every node that the compiler would refuse
 */
public record Inspection(Map<String, Integer> operators, List<UnsupportedNode> unsupported) {
  public Inspection {
    operators = Map.copyOf(operators);
    unsupported = List.copyOf(unsupported);
  }
}
