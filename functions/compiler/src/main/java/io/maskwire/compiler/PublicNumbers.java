package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.maskwire.compiler.importer.GraphImporter;
import io.maskwire.compiler.onnx.OperatorAttributes;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the real numbers of a model that everybody can read: what the program says of functions
 * that are linear in pieces, and attributes of nodes. It looks at what is published, so that a
 * number cannot be published without being named.
 */
final class PublicNumbers {
  /** Their numbers are the same in every model. */
  private static final Set<String> FIXED = Set.of("Abs", "HardSwish");

  private final Map<String, Set<String>> operators = new HashMap<>();
  private final List<CompileReport.Published> found = new ArrayList<>();

  private PublicNumbers(List<NodeProto> nodes) {
    for (NodeProto node : nodes) {
      operators
          .computeIfAbsent(GraphImporter.nameOf(node), _ -> new TreeSet<>())
          .add(node.getOpType());
    }
  }

  /**
   * The numbers in {@code graph} that become the program's, and those in {@code nodes} of the
   * stripped model that their operators do not have anyway.
   */
  static List<CompileReport.Published> of(List<NodeProto> nodes, Graph graph) {
    PublicNumbers numbers = new PublicNumbers(nodes);
    for (NodeProto node : nodes) {
      node.getAttributeList().forEach(attribute -> numbers.add(node, attribute));
    }
    for (Graph.Node node : graph.nodes()) {
      if (node.operator() instanceof Operator.PiecewiseLinear function) {
        numbers.add(node.name(), function);
      }
    }
    return List.copyOf(numbers.found);
  }

  private void add(NodeProto node, AttributeProto attribute) {
    double value = attribute.getF();
    boolean usual =
        OperatorAttributes.defaultOf(node.getOpType(), attribute.getName())
            .equals(OptionalDouble.of(value));
    if (attribute.getType() == AttributeProto.AttributeType.FLOAT
        && Double.isFinite(value)
        && !usual) {
      add(GraphImporter.nameOf(node), attribute.getName(), List.of(value));
    }
  }

  private void add(String node, Operator.PiecewiseLinear function) {
    Set<String> named = operators.getOrDefault(node, Set.of());
    if (!named.isEmpty() && FIXED.containsAll(named)) {
      return;
    }
    List<Double> slopes = new ArrayList<>(List.of(function.slope()));
    function.pieces().forEach(piece -> slopes.add(slopes.getLast() + piece.slope()));
    add(
        node,
        "thresholds",
        function.pieces().stream().map(Operator.PiecewiseLinear.Piece::threshold).toList());
    add(node, "slopes", slopes);
    if (function.offset() != 0) {
      add(node, "offset", List.of(function.offset()));
    }
  }

  private void add(String node, String what, List<Double> values) {
    found.add(new CompileReport.Published(node, operator(node), what, values));
  }

  /** Nothing forbids that several nodes have one name. */
  private String operator(String node) {
    Set<String> named = operators.getOrDefault(node, Set.of());
    return named.isEmpty() ? "-" : String.join("/", named);
  }
}
