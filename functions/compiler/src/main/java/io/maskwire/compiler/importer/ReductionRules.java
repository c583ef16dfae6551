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
          "ReduceMean", reduction(18, (node, reduction) -> reduction.mean(node)),
          "ReduceSum", reduction(13, (node, reduction) -> reduction.sum(node)),
          "ReduceMax", reduction(18, (node, reduction) -> reduction.maximum(node)),
          "ArgMax", Rule.single(ReductionRules::argMax),
          "Softmax",
              Rule.single(
                  node -> softmax(node, Program.Finish.SOFTMAX, Program.Finish.FLAT_SOFTMAX)),
          "LogSoftmax",
              Rule.single(
                  node ->
                      softmax(node, Program.Finish.LOG_SOFTMAX, Program.Finish.FLAT_LOG_SOFTMAX)),
          "Sigmoid", Rule.single(ReductionRules::sigmoid));

  /**
   * A reduction without axes is over all of them, or over none, which leaves each element as it is.
   *
   * @param axesInput operator set from which axes are an input, and noop_with_empty_axes exists
   */
  private static Rule reduction(
      int axesInput, BiFunction<ImportNode, Reduction, Imported> function) {
    return Rule.single(
        node -> {
          Shape shape = node.shape(0);
          int[] axes =
              Arrays.stream(node.integers("axes", 1).orElse(new int[0]))
                  .map(axis -> node.axis(axis, shape.rank()))
                  .toArray();
          if (axes.length == 0) {
            if (node.opset() >= axesInput
                && node.attributes().integer("noop_with_empty_axes", 0) != 0) {
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
      Program.Finish finish = keep ? Program.Finish.ARG_MAX : Program.Finish.ARG_MAX_DROPPED;
      return new Imported.Finished(node.secret(0), finish, axis);
    }
    return Reduction.of(shape, new int[] {axis}, keep).argMax(node);
  }

  private static boolean isLast(ImportNode node) {
    return node.context().finishable().contains(node.output(0));
  }

  /** Before operator set 13 the axis is where the tensor is taken apart into a matrix of rows. */
  private static Imported softmax(ImportNode node, Program.Finish finish, Program.Finish flat) {
    if (!isLast(node)) {
      throw notLast();
    }
    int rank = node.shape(0).rank();
    boolean alongOne = node.opset() >= 13;
    int axis = node.axis(node.attributes().integer("axis", alongOne ? -1 : 1), rank);
    boolean same = alongOne || node.shape(0).strides()[axis] == 1;
    return new Imported.Finished(node.secret(0), same ? finish : flat, axis);
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
