package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nodes on which the outputs of a graph depend; what the others compute, nobody reads. */
public final class LiveNodes {
  private LiveNodes() {}

  /** The live nodes of {@code graph}, in its order. */
  public static List<NodeProto> of(GraphProto graph) {
    return of(
        graph.getNodeList(), graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
  }

  /** Those of {@code nodes}, each after all that it reads, on which {@code outputs} depend. */
  static List<NodeProto> of(List<NodeProto> nodes, Collection<String> outputs) {
    Set<String> read = new HashSet<>(outputs);
    Deque<NodeProto> live = new ArrayDeque<>();
    for (NodeProto node : nodes.reversed()) {
      if (node.getOutputList().stream().anyMatch(name -> !name.isEmpty() && read.contains(name))) {
        addReads(node, read);
        live.addFirst(node);
      }
    }
    return List.copyOf(live);
  }

  /** Graphs inside of a node read names of the graph around them. */
  private static void addReads(NodeProto node, Set<String> read) {
    read.addAll(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      addReads(attribute.getG(), read);
      attribute.getGraphsList().forEach(graph -> addReads(graph, read));
    }
  }

  private static void addReads(GraphProto graph, Set<String> read) {
    graph.getNodeList().forEach(node -> addReads(node, read));
    graph.getOutputList().forEach(output -> read.add(output.getName()));
  }
}
