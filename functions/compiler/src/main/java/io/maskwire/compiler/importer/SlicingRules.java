package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that cut pieces out of tensors or put a border around them. */
final class SlicingRules {
  private SlicingRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "Slice", Rule.single(SlicingRules::slice),
          "Split", SlicingRules::split,
          "Pad", Rule.single(SlicingRules::pad));

  private static Imported slice(ImportNode node) {
    Shape shape = node.shape(0);
    int[] starts = node.integers("starts", 1).orElseThrow();
    int[] ends = node.integers("ends", 2).orElseThrow();
    int[] all = new int[starts.length];
    Arrays.setAll(all, i -> i);
    int[] axes = node.integers("axes", 3).orElse(all);
    int[] ones = new int[starts.length];
    Arrays.fill(ones, 1);
    int[] steps = node.integers("steps", 4).orElse(ones);
    int[] from = new int[shape.rank()];
    int[] by = new int[shape.rank()];
    Arrays.fill(by, 1);
    List<Integer> dimensions = new ArrayList<>(shape.dimensions());
    for (int i = 0; i < axes.length; i++) {
      int axis = node.axis(axes[i], shape.rank());
      int length = shape.dimension(axis);
      int step = steps[i];
      if (step == 0) {
        throw new IllegalArgumentException("a slice has step 0");
      }
      from[axis] = clampStart(starts[i], length, step);
      by[axis] = step;
      int end = clampEnd(ends[i], length, step);
      dimensions.set(axis, Math.max(0, Math.ceilDiv(end - from[axis], step)));
    }
    Shape result = Positions.checkedShape(dimensions);
    if (result.elements() == 0 && node.input(0) instanceof Imported.Known known) {
      return new Imported.Known(known.tensor().gather(new int[0], result));
    }
    int[] positions = Positions.perAxis(shape, result, (axis, i) -> from[axis] + i * by[axis]);
    return node.builder().gather(node.name(), node.input(0), positions, result);
  }

  private static int clampStart(int start, int length, int step) {
    long counted = start < 0 ? (long) start + length : start;
    return Math.clamp(counted, 0, step > 0 ? length : length - 1);
  }

  private static int clampEnd(int end, int length, int step) {
    long counted = end < 0 ? (long) end + length : end;
    return Math.clamp(counted, step > 0 ? 0 : -1, length);
  }

  private static List<Imported> split(ImportNode node) {
    Shape shape = node.shape(0);
    int axis = node.axis(node.attributes().integer("axis", 0), shape.rank());
    int length = shape.dimension(axis);
    int[] sizes = node.integers("split", 1).orElseGet(() -> even(node, length));
    if (sizes.length != node.outputCount()
        || Arrays.stream(sizes).anyMatch(size -> size < 0)
        || Arrays.stream(sizes).asLongStream().sum() != length) {
      throw new IllegalArgumentException(
          "split %s of length %d into %d outputs"
              .formatted(Arrays.toString(sizes), length, node.outputCount()));
    }
    List<Imported> pieces = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      List<Integer> dimensions = new ArrayList<>(shape.dimensions());
      dimensions.set(axis, size);
      int from = start;
      Shape result = Positions.checkedShape(dimensions);
      int[] positions = Positions.perAxis(shape, result, (a, i) -> a == axis ? from + i : i);
      pieces.add(node.builder().gather(node.name(), node.input(0), positions, result));
      start += size;
    }
    return pieces;
  }

  /** Chunks of one size; from operator set 18 the last may be smaller. */
  private static int[] even(ImportNode node, int length) {
    int parts = node.attributes().integer("num_outputs", node.outputCount());
    if (parts < 1 || (length % parts != 0 && !node.attributes().has("num_outputs"))) {
      throw new IllegalArgumentException(
          "length %d does not split into %d equal parts".formatted(length, parts));
    }
    int part = Math.ceilDiv(length, parts);
    int[] sizes = new int[parts];
    Arrays.setAll(sizes, i -> Math.clamp((long) length - (long) i * part, 0, part));
    return sizes;
  }

  private static Imported pad(ImportNode node) {
    Shape shape = node.shape(0);
    int rank = shape.rank();
    int[] given = node.integers("pads", 1).or(() -> node.integers("paddings", 1)).orElseThrow();
    int[] pads = onAxes(node, given, rank);
    List<Integer> dimensions = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      dimensions.add(shape.dimension(axis) + pads[axis] + pads[rank + axis]);
    }
    Shape result = Positions.checkedShape(dimensions);
    String mode = node.attributes().text("mode", "constant");
    if (!mode.equals("constant") && Arrays.stream(pads).anyMatch(pad -> pad < 0)) {
      throw new UnsupportedNodeException("negative pads in mode '" + mode + "'");
    }
    int[] positions =
        Positions.perAxis(
            shape, result, (axis, i) -> inside(i - pads[axis], shape.dimension(axis), mode));
    double value = mode.equals("constant") ? padValue(node) : 0;
    if (value != 0 && !(node.input(0) instanceof Imported.Known)) {
      return filled(node, positions, result, (float) value);
    }
    if (value != 0) {
      throw new UnsupportedNodeException("padding a constant with another value than 0");
    }
    return node.builder().gather(node.name(), node.input(0), positions, result);
  }

  /** Pads for all axes, if the node names some only. */
  private static int[] onAxes(ImportNode node, int[] given, int rank) {
    if (!node.has(3)) {
      if (given.length != 2 * rank) {
        throw new IllegalArgumentException(given.length + " pads for " + rank + " axes");
      }
      return given;
    }
    int[] axes = node.integers("axes", 3).orElseThrow();
    if (given.length != 2 * axes.length) {
      throw new IllegalArgumentException(given.length + " pads for " + axes.length + " axes");
    }
    int[] pads = new int[2 * rank];
    for (int i = 0; i < axes.length; i++) {
      int axis = node.axis(axes[i], rank);
      pads[axis] = given[i];
      pads[rank + axis] = given[axes.length + i];
    }
    return pads;
  }

  private static double padValue(ImportNode node) {
    return node.has(2) ? node.scalar(2, "the pad value") : node.attributes().real("value", 0);
  }

  private static int inside(int i, int length, String mode) {
    if (i >= 0 && i < length) {
      return i;
    }
    return switch (mode) {
      case "constant" -> -1;
      case "edge" -> i < 0 ? 0 : length - 1;
      case "reflect" -> {
        int reflected = i < 0 ? -i : 2 * (length - 1) - i;
        if (reflected < 0 || reflected >= length) {
          throw new UnsupportedNodeException("reflects more than the tensor's length");
        }
        yield reflected;
      }
      case "wrap" -> Math.floorMod(i, length);
      default -> throw new UnsupportedNodeException("padding mode '" + mode + "'");
    };
  }

  private static Imported filled(ImportNode node, int[] positions, Shape result, float value) {
    FloatTensor single = FloatTensor.takeOwnershipOf(Shape.of(1), new float[] {value});
    Imported.Secret constant =
        node.builder().secret(node.name(), new Imported.Known(new ConstantTensor.Floats(single)));
    Imported.Secret source = node.secret(0);
    int count = source.shape().elements();
    int[] filled = Arrays.stream(positions).map(p -> p < 0 ? count : p).toArray();
    Operator map = new Operator.Gather(IndexMap.takeOwnershipOf(filled));
    return node.builder().add(node.name(), map, result, source, constant);
  }
}
