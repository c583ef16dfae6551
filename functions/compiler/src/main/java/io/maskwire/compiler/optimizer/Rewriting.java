package io.maskwire.compiler.optimizer;

import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph while a pass goes over it: the nodes kept so far, by the value that they define. */
final class Rewriting {
  private final Graph graph;
  private final Map<Integer, Graph.Node> kept = new LinkedHashMap<>();
  private final Map<Integer, Graph.Value> renamed = new HashMap<>();
  private final Map<Integer, Integer> uses = new HashMap<>();
  private int nextId;

  Rewriting(Graph graph) {
    this.graph = graph;
    for (Graph.Input input : graph.inputs()) {
      nextId = Math.max(nextId, input.value().id() + 1);
    }
    for (Graph.Node node : graph.nodes()) {
      nextId = Math.max(nextId, node.output().id() + 1);
      node.inputs().forEach(value -> uses.merge(value.id(), 1, Integer::sum));
    }
    graph.outputs().forEach(output -> uses.merge(output.value().id(), 1, Integer::sum));
  }

  /** {@code node} with what earlier rewritings made of its inputs. */
  Graph.Node current(Graph.Node node) {
    List<Graph.Value> inputs = node.inputs().stream().map(this::current).toList();
    return new Graph.Node(node.name(), node.operator(), inputs, node.output());
  }

  private Graph.Value current(Graph.Value value) {
    return renamed.getOrDefault(value.id(), value);
  }

  void keep(Graph.Node node) {
    kept.put(node.output().id(), node);
  }

  void drop(Graph.Value value) {
    kept.remove(value.id());
  }

  /** Lets readers of {@code value} read {@code other} instead, which has the same elements. */
  void rename(Graph.Value value, Graph.Value other) {
    renamed.put(value.id(), other);
    uses.merge(other.id(), uses.getOrDefault(value.id(), 0), Integer::sum);
  }

  Graph.Value fresh(Shape shape) {
    Graph.Value value = new Graph.Value(nextId++, shape);
    uses.put(value.id(), 1);
    return value;
  }

  /** The node that defines {@code value}, unless it is an input. */
  Optional<Graph.Node> producer(Graph.Value value) {
    return Optional.ofNullable(kept.get(value.id()));
  }

  /** True if nothing but one node reads {@code value}. */
  boolean isReadOnce(Graph.Value value) {
    return uses.getOrDefault(value.id(), 0) == 1;
  }

  Graph result() {
    List<Graph.Output> outputs = new ArrayList<>();
    for (Graph.Output output : graph.outputs()) {
      outputs.add(
          new Graph.Output(
              output.name(),
              current(output.value()),
              output.shape(),
              output.finish(),
              output.axis()));
    }
    return new Graph(graph.model(), graph.inputs(), List.copyOf(kept.values()), outputs);
  }

  /** {@code graph} without nodes that no output depends on. */
  static Graph withoutUnused(Graph graph) {
    Set<Integer> needed = new HashSet<>();
    graph.outputs().forEach(output -> needed.add(output.value().id()));
    List<Graph.Node> nodes = new ArrayList<>();
    for (Graph.Node node : graph.nodes().reversed()) {
      if (needed.contains(node.output().id())) {
        nodes.addFirst(node);
        node.inputs().forEach(value -> needed.add(value.id()));
      }
    }
    return new Graph(graph.model(), graph.inputs(), nodes, graph.outputs());
  }

  /** The operator that defines {@code value}, if it is of {@code type}. */
  <T extends Operator> Optional<T> operator(Graph.Value value, Class<T> type) {
    return producer(value).map(Graph.Node::operator).filter(type::isInstance).map(type::cast);
  }
}
