package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A compiled model: what the parties compute, in an order in which every wire is defined before it
 * is read. Public; weights are elsewhere.
 *
 * @param model name for people
 * @param version random name of these weights: another compilation is another version, whose
 *     weights get masks of their own, so that no mask ever covers two values
 * @param reveal who may unmask the outputs
 * @param inputs what the user supplies, in the model's order
 * @param weights what the owner supplies, in the order that gates count them
 * @param steps gates in order
 * @param outputs what is published under fresh masks
 */
public record Program(
    String model,
    String version,
    Reveal reveal,
    List<Input> inputs,
    List<WeightTensor> weights,
    List<Step> steps,
    List<Output> outputs) {

  /** Who may unmask the outputs. */
  public enum Reveal {
    USER,
    OWNER,
    BOTH
  }

  /**
   * An input of the model.
   *
   * @param name in the ONNX graph
   * @param shape as the model takes it
   * @param scale fractional bits
   * @param bound largest magnitude of an encoded element; the user refuses larger ones
   * @param wire where it enters
   */
  public record Input(String name, Shape shape, int scale, long bound, Wire.Masked wire) {
    public Input {
      requireElements(name, shape, wire);
    }
  }

  /** What the user applies to the decoded output, when it is revealed to the user only. */
  public enum Finish {
    NONE,
    /** Position of the first of the largest along the axis, which stays with length 1. */
    ARG_MAX,
    /** As {@link #ARG_MAX}, but the axis goes. */
    ARG_MAX_DROPPED,
    /** {@link #LOG_SOFTMAX} over the axis and all axes after it together. */
    FLAT_LOG_SOFTMAX,
    /** {@link #SOFTMAX} over the axis and all axes after it together. */
    FLAT_SOFTMAX,
    LOG_SOFTMAX,
    SIGMOID,
    SOFTMAX;

    /** True if the result holds positions along the axis instead of a value for each of them. */
    public boolean isPosition() {
      return this == ARG_MAX || this == ARG_MAX_DROPPED;
    }

    /** True if it goes over the axis and all axes after it together. */
    public boolean isFlat() {
      return this == FLAT_LOG_SOFTMAX || this == FLAT_SOFTMAX;
    }
  }

  /**
   * An output of the model.
   *
   * @param name in the ONNX graph
   * @param shape of the wire, row major, before {@code finish}
   * @param scale fractional bits
   * @param finish applied after unmasking, along {@code axis}
   * @param axis from 0; ignored by elementwise finishes
   * @param wire what is published
   */
  public record Output(
      String name, Shape shape, int scale, Finish finish, int axis, Wire.Shared wire) {
    public Output {
      requireElements(name, shape, wire);
      if (axis < 0 || axis > Math.max(0, shape.rank() - 1)) {
        throw new IllegalArgumentException(
            "output '" + name + "' of shape " + shape + " has no axis " + axis);
      }
    }

    /** Elements that {@code finish} takes together: a line along the axis. */
    public int lineLength() {
      if (shape.rank() == 0) {
        return 1;
      }
      return finish.isFlat()
          ? shape.dimension(axis) * shape.strides()[axis]
          : shape.dimension(axis);
    }

    /** Distance of neighbours on a line. */
    public int lineStride() {
      return shape.rank() == 0 || finish.isFlat() ? 1 : shape.strides()[axis];
    }

    /** The shape after {@code finish}: the ONNX output's. */
    public Shape resultShape() {
      if (!finish.isPosition() || shape.rank() == 0) {
        return shape;
      }
      List<Integer> dimensions = new ArrayList<>(shape.dimensions());
      if (finish == Finish.ARG_MAX) {
        dimensions.set(axis, 1);
      } else {
        dimensions.remove(axis);
      }
      return new Shape(dimensions);
    }
  }

  /**
   * A gate and where it comes from.
   *
   * @param node name of the ONNX node, for reports and errors
   * @param gate what is computed
   */
  public record Step(String node, Gate gate) {}

  public Program {
    inputs = List.copyOf(inputs);
    weights = List.copyOf(weights);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
    checkWires(inputs, steps, outputs);
    for (Step step : steps) {
      checkWeights(step, weights);
    }
  }

  private static void checkWires(List<Input> inputs, List<Step> steps, List<Output> outputs) {
    Set<Wire> defined = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (Input input : inputs) {
      define(input.wire(), defined, ids);
    }
    for (Step step : steps) {
      for (Wire wire : step.gate().inputs()) {
        if (!defined.contains(wire)) {
          throw new IllegalArgumentException(
              "node '" + step.node() + "' reads " + wire + ", which no earlier step defines");
        }
      }
      for (Wire wire : step.gate().outputs()) {
        define(wire, defined, ids);
      }
    }
    Set<Wire> published = new HashSet<>();
    for (Output output : outputs) {
      if (!defined.contains(output.wire())) {
        throw new IllegalArgumentException("output '" + output.name() + "' is never computed");
      }
      if (!published.add(output.wire())) {
        throw new IllegalArgumentException("output '" + output.name() + "' is published twice");
      }
    }
  }

  private static void define(Wire wire, Set<Wire> defined, Set<Integer> ids) {
    if (!ids.add(wire.id())) {
      throw new IllegalArgumentException("wire " + wire.id() + " is defined twice");
    }
    defined.add(wire);
  }

  private static void checkWeights(Step step, List<WeightTensor> weights) {
    switch (step.gate()) {
      case Gate.Linear linear -> {
        requireWeight(step, weights, linear.weight(), linear.map().weightCount(), linear.output());
        linear
            .bias()
            .ifPresent(bias -> requireWeight(step, weights, bias.weight(), -1, linear.output()));
      }
      case Gate.Constant constant ->
          requireWeight(
              step, weights, constant.weight(), constant.output().count(), constant.output());
      case Gate.Combine _,
          Gate.Gather _,
          Gate.Multiply _,
          Gate.Open _,
          Gate.PiecewiseLinear _,
          Gate.ReluTruncate _,
          Gate.Select _,
          Gate.Table _,
          Gate.Truncate _ -> {}
    }
  }

  private static void requireWeight(
      Step step, List<WeightTensor> weights, int index, int count, Wire wire) {
    if (index < 0 || index >= weights.size()) {
      throw new IllegalArgumentException(
          "node '%s' uses weight %d of %d".formatted(step.node(), index, weights.size()));
    }
    WeightTensor weight = weights.get(index);
    if ((count >= 0 && weight.count() != count) || !weight.width().equals(wire.width())) {
      throw new IllegalArgumentException(
          "node '%s' needs %d weights of %s, '%s' has %d of %s"
              .formatted(
                  step.node(), count, wire.width(), weight.name(), weight.count(), weight.width()));
    }
  }

  private static void requireElements(String name, Shape shape, Wire wire) {
    if (shape.elements() != wire.count()) {
      throw new IllegalArgumentException(
          "'%s' has shape %s and a wire of %d elements".formatted(name, shape, wire.count()));
    }
  }
}
