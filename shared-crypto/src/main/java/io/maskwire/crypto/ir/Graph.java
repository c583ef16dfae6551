package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model over real numbers: operators in an order in which every value is computed before it is
 * read. The compiler lowers it to a {@link Program}.
 *
 * @param model name for people
 * @param inputs what the user supplies
 * @param nodes operators in order
 * @param outputs what is revealed
 */
public record Graph(String model, List<Input> inputs, List<Node> nodes, List<Output> outputs) {

  /**
   * A tensor.
   *
   * @param id unique in the graph
   * @param shape row major
   */
  public record Value(int id, Shape shape) {}

  /**
   * An input.
   *
   * @param name in the ONNX graph
   * @param value where it enters
   */
  public record Input(String name, Value value) {}

  /**
   * An operator in its place.
   *
   * @param name of the ONNX node that it comes from
   * @param operator what is computed
   * @param inputs what it reads
   * @param output what it defines
   */
  public record Node(String name, Operator operator, List<Value> inputs, Value output) {
    public Node {
      inputs = List.copyOf(inputs);
      try {
        operator.check(inputs.stream().map(Value::shape).toList(), output.shape());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("node '" + name + "': " + e.getMessage(), e);
      }
    }
  }

  /**
   * An output.
   *
   * @param name in the ONNX graph
   * @param value what is published
   * @param shape as the model gives it, before {@code finish}
   * @param finish what the user applies to it
   * @param axis of {@code finish} in {@code shape}
   */
  public record Output(String name, Value value, Shape shape, Program.Finish finish, int axis) {}

  public Graph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    Set<Integer> defined = new HashSet<>();
    inputs.forEach(input -> define(input.value(), defined));
    for (Node node : nodes) {
      node.inputs().forEach(value -> requireDefined(node.name(), value, defined));
      define(node.output(), defined);
    }
    outputs.forEach(output -> requireDefined(output.name(), output.value(), defined));
  }

  private static void define(Value value, Set<Integer> defined) {
    if (!defined.add(value.id())) {
      throw new IllegalArgumentException("value " + value.id() + " is defined twice");
    }
  }

  private static void requireDefined(String reader, Value value, Set<Integer> defined) {
    if (!defined.contains(value.id())) {
      throw new IllegalArgumentException(
          "'" + reader + "' reads value " + value.id() + ", which nothing before it defines");
    }
  }
}
