package io.maskwire.compiler.importer;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Reductions over axes, and the functions that the user applies to a revealed output. */
final class ReductionRules {
  private ReductionRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "ReduceMean", reduction((node, reduction) -> reduction.mean(node)),
          "ReduceSum", reduction((node, reduction) -> reduction.sum(node)),
          "ReduceMax", reduction((node, reduction) -> reduction.maximum(node)),
          "ArgMax", Rule.single(ReductionRules::argMax),
          "Softmax", Rule.single(node -> softmax(node, Program.Finish.SOFTMAX)),
          "LogSoftmax", Rule.single(node -> softmax(node, Program.Finish.LOG_SOFTMAX)),
          "Sigmoid", Rule.single(ReductionRules::sigmoid));

  private static Rule reduction(BiFunction<ImportNode, Reduction, Imported> function) {
    return Rule.single(
        node -> {
          Shape shape = node.shape(0);
          int[] axes =
              node.integers("axes", 1)
                  .map(
                      given ->
                          Arrays.stream(given).map(axis -> node.axis(axis, shape.rank())).toArray())
                  .orElseGet(() -> IntStream.range(0, shape.rank()).toArray());
          if (axes.length == 0) {
            if (node.attributes().integer("noop_with_empty_axes", 0) != 0) {
              return node.input(0);
            }
            axes = IntStream.range(0, shape.rank()).toArray();
          }
          boolean keep = node.attributes().integer("keepdims", 1) != 0;
          return function.apply(node, Reduction.of(shape, axes, keep));
        });
  }

  private static Imported argMax(ImportNode node) {
    Shape shape = node.shape(0);
    int axis = node.axis(node.attributes().integer("axis", 0), shape.rank());
    boolean keep = node.attributes().integer("keepdims", 1) != 0;
    if (node.attributes().integer("select_last_index", 0) != 0) {
      throw new UnsupportedNodeException("ties that go to the last index");
    }
    if (isLast(node)) {
      return new Imported.Finished(node.secret(0), Program.Finish.ARG_MAX, axis);
    }
    return Reduction.of(shape, new int[] {axis}, keep).argMax(node);
  }

  private static boolean isLast(ImportNode node) {
    return node.context().finishable().contains(node.output(0));
  }

  private static Imported softmax(ImportNode node, Program.Finish finish) {
    if (!isLast(node)) {
      throw notLast();
    }
    Shape shape = node.shape(0);
    if (node.opset() >= 13) {
      int axis = node.axis(node.attributes().integer("axis", -1), shape.rank());
      return new Imported.Finished(node.secret(0), finish, axis);
    }
    int axis = node.split(node.attributes().integer("axis", 1), shape.rank());
    int rows = 1;
    int columns = 1;
    for (int i = 0; i < shape.rank(); i++) {
      rows *= i < axis ? shape.dimension(i) : 1;
      columns *= i < axis ? 1 : shape.dimension(i);
    }
    if (axis < shape.rank() && columns == shape.dimension(axis)) {
      return new Imported.Finished(node.secret(0), finish, axis);
    }
    Imported.Secret source = node.secret(0);
    Imported.Secret flat = new Imported.Secret(source.value(), Shape.of(rows, columns));
    return new Imported.Finished(flat, finish, 1);
  }

  private static Imported sigmoid(ImportNode node) {
    if (!isLast(node)) {
      throw notLast();
    }
    return new Imported.Finished(node.secret(0), Program.Finish.SIGMOID, 0);
  }

  private static UnsupportedNodeException notLast() {
    return new UnsupportedNodeException(
        "supported as the last node of a model that is revealed to the user only");
  }
}
