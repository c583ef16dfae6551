package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.compiler.importer.GraphImporter;
import io.maskwire.compiler.onnx.LiveNodes;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The network as its owner built it, to be drawn: operators, what feeds them, and the shapes of
 * their parameters. It is read from the stripped model, so no parameter can get into it.
 */
final class Architecture {
  /** They keep their input's shape; the optimizer may compute them elsewhere, in another shape. */
  private static final Set<String> ELEMENT_WISE = Set.of("Clip", "Relu");

  private final GraphProto graph;
  private final Set<String> inputs;
  private final Map<String, List<Long>> parameters = new HashMap<>();
  private final Map<String, String> shapes = new HashMap<>();

  /** Places by tensor: the inputs first, in their order, then the nodes. */
  private final Map<String, Integer> places = new HashMap<>();

  private Architecture(GraphProto graph, CompiledModel model) {
    this.graph = graph;
    inputs = new HashSet<>();
    model.program().inputs().forEach(input -> place(input.name()));
    for (ValueInfoProto input : graph.getInputList()) {
      if (!inputs.contains(input.getName())) {
        parameters.put(input.getName(), dimensions(input));
      }
    }
    model.report().rows().forEach(row -> shapes.put(row.node(), row.shape()));
  }

  private void place(String input) {
    inputs.add(input);
    places.put(input, places.size());
  }

  private static List<Long> dimensions(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimValue)
        .toList();
  }

  /**
   * Adds {@code inputs}, their names, and {@code nodes}; {@code from} counts inputs, then nodes.
   */
  static void write(ObjectNode target, CompiledModel model) throws IOException {
    GraphProto graph = ModelProto.parseFrom(model.strippedOnnx()).getGraph();
    Architecture architecture = new Architecture(graph, model);
    ArrayNode inputs = target.putArray("inputs");
    model.program().inputs().forEach(input -> inputs.add(input.name()));
    architecture.write(target.putArray("nodes"));
  }

  private void write(ArrayNode nodes) {
    int first = places.size();
    for (NodeProto node : LiveNodes.of(graph).nodes()) {
      if (node.getOpType().equals("Constant")) {
        continue;
      }
      int place = first + nodes.size();
      write(nodes.addObject(), node);
      node.getOutputList().forEach(output -> places.put(output, place));
    }
  }

  private void write(ObjectNode target, NodeProto node) {
    String name = GraphImporter.nameOf(node);
    target.put("name", name).put("operator", node.getOpType());
    if (shapes.containsKey(name) && !ELEMENT_WISE.contains(node.getOpType())) {
      target.put("shape", shapes.get(name));
    }
    ArrayNode from = target.putArray("from");
    ArrayNode sizes = target.putArray("parameters");
    for (String input : node.getInputList()) {
      if (places.containsKey(input)) {
        from.add(places.get(input).intValue());
      } else if (parameters.containsKey(input)) {
        ArrayNode sides = sizes.addArray();
        parameters.get(input).forEach(side -> sides.add(side.longValue()));
      }
    }
  }
}
