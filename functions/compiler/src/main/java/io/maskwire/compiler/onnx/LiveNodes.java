package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes of a graph that its outputs need, in its order. What the others compute is read by
 * nobody, so it is no reason to refuse a model.
 */
public final class LiveNodes {
  private final ArrayDeque<NodeProto> nodes = new ArrayDeque<>();
  private final Set<Integer> places = new HashSet<>();
  private final Set<String> read = new HashSet<>();

  private LiveNodes(List<NodeProto> all, List<ValueInfoProto> outputs) {
    outputs.stream().map(ValueInfoProto::getName).forEach(this::addRead);
    for (int place = all.size() - 1; place >= 0; place--) {
      NodeProto node = all.get(place);
      if (node.getOutputList().stream().anyMatch(read::contains)) {
        nodes.addFirst(node);
        places.add(place);
        addRead(node);
      }
    }
  }

  /** The live nodes of {@code graph}. */
  public static LiveNodes of(GraphProto graph) {
    return of(graph.getNodeList(), graph.getOutputList());
  }

  /** Those of {@code nodes}, each after all that it reads, that {@code outputs} need. */
  static LiveNodes of(List<NodeProto> nodes, List<ValueInfoProto> outputs) {
    return new LiveNodes(nodes, outputs);
  }

  private void addRead(NodeProto node) {
    node.getInputList().forEach(this::addRead);
    for (AttributeProto attribute : node.getAttributeList()) {
      addRead(attribute.getG());
      attribute.getGraphsList().forEach(this::addRead);
    }
  }

  /** A branch reads what is outside of it by name. */
  private void addRead(GraphProto branch) {
    branch.getNodeList().forEach(this::addRead);
    branch.getOutputList().stream().map(ValueInfoProto::getName).forEach(this::addRead);
  }

  /** The empty name stands for an input or output that is left out. */
  private void addRead(String name) {
    if (!name.isEmpty()) {
      read.add(name);
    }
  }

  /** In the graph's order. */
  public List<NodeProto> nodes() {
    return List.copyOf(nodes);
  }

  /** True if node number {@code place} of the graph is live. */
  public boolean isLive(int place) {
    return places.contains(place);
  }

  /** True if a live node reads the tensor {@code name}, or it is an output of the graph. */
  public boolean isRead(String name) {
    return read.contains(name);
  }
}
