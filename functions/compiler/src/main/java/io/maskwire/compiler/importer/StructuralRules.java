package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Operators that move elements and compute nothing. */
final class StructuralRules {
  private StructuralRules() {}

  static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("Identity", node -> List.of(node.input(0))),
          Map.entry("Dropout", StructuralRules::dropout),
          Map.entry("Flatten", Rule.single(StructuralRules::flatten)),
          Map.entry("Reshape", Rule.single(StructuralRules::reshape)),
          Map.entry("Squeeze", Rule.single(StructuralRules::squeeze)),
          Map.entry("Unsqueeze", Rule.single(StructuralRules::unsqueeze)),
          Map.entry("Transpose", Rule.single(StructuralRules::transpose)),
          Map.entry("Concat", Rule.single(StructuralRules::concat)),
          Map.entry("Expand", Rule.single(StructuralRules::expand)),
          Map.entry("Tile", Rule.single(StructuralRules::tile)),
          Map.entry("Gather", Rule.single(StructuralRules::gather)),
          Map.entry("DepthToSpace", Rule.single(StructuralRules::depthToSpace)),
          Map.entry("SpaceToDepth", Rule.single(StructuralRules::spaceToDepth)));

  /** Operator sets before 12 do not say what the mask is at inference. */
  private static List<Imported> dropout(ImportNode node) {
    if (node.opset() < 7 && node.attributes().integer("is_test", 0) == 0) {
      throw new UnsupportedNodeException("training mode (is_test 0); export for inference");
    }
    if (node.has(2) && node.scalar(2, "training_mode") != 0) {
      throw new UnsupportedNodeException("training mode; export the model for inference");
    }
    Imported result = node.input(0);
    if (node.opset() < 12 || !node.namesFurtherOutputs()) {
      return List.of(result);
    }
    long[] mask = new long[node.shape(0).elements()];
    Arrays.fill(mask, 1);
    return List.of(
        result, new Imported.Known(ConstantTensor.Integers.takeOwnershipOf(node.shape(0), mask)));
  }

  private static Imported flatten(ImportNode node) {
    Shape shape = node.shape(0);
    int axis = node.split(node.attributes().integer("axis", 1), shape.rank());
    int rows = 1;
    for (int i = 0; i < axis; i++) {
      rows *= shape.dimension(i);
    }
    int columns = rows == 0 ? 0 : shape.elements() / rows;
    return GraphBuilder.reshape(node.input(0), Shape.of(rows, columns));
  }

  private static Imported reshape(ImportNode node) {
    Shape from = node.shape(0);
    int[] target = node.integers("shape", 1).orElseThrow(() -> missing(node, "shape"));
    boolean allowZero = node.attributes().integer("allowzero", 0) != 0;
    List<Integer> dimensions = new ArrayList<>();
    int free = -1;
    long known = 1;
    for (int i = 0; i < target.length; i++) {
      int dimension = target[i];
      if (dimension == 0 && !allowZero && i < from.rank()) {
        dimension = from.dimension(i);
      } else if (dimension == -1 && free < 0) {
        free = i;
        dimension = 1;
      }
      known *= dimension;
      dimensions.add(dimension);
    }
    if (free >= 0 && known > 0) {
      dimensions.set(free, (int) (from.elements() / known));
    }
    return GraphBuilder.reshape(node.input(0), Positions.checkedShape(dimensions));
  }

  private static CorruptModelException missing(ImportNode node, String what) {
    return new CorruptModelException("node '" + node.name() + "' has no " + what);
  }

  private static Imported squeeze(ImportNode node) {
    Shape shape = node.shape(0);
    List<Integer> dimensions = new ArrayList<>();
    int[] axes =
        node.integers("axes", 1)
            .map(given -> Arrays.stream(given).map(axis -> node.axis(axis, shape.rank())).toArray())
            .orElseGet(() -> ones(shape));
    if (axes.length == 0 && shape.dimensions().contains(1)) {
      // numpy squeezes none, others all
      throw new UnsupportedNodeException("an empty list of axes");
    }
    for (int i = 0; i < shape.rank(); i++) {
      int axis = i;
      if (Arrays.stream(axes).noneMatch(squeezed -> squeezed == axis)) {
        dimensions.add(shape.dimension(i));
      }
    }
    return GraphBuilder.reshape(node.input(0), new Shape(dimensions));
  }

  private static int[] ones(Shape shape) {
    return java.util.stream.IntStream.range(0, shape.rank())
        .filter(i -> shape.dimension(i) == 1)
        .toArray();
  }

  private static Imported unsqueeze(ImportNode node) {
    Shape shape = node.shape(0);
    int[] axes = node.integers("axes", 1).orElseThrow(() -> missing(node, "axes"));
    int rank = shape.rank() + axes.length;
    TreeSet<Integer> sorted = new TreeSet<>();
    for (int axis : axes) {
      if (!sorted.add(node.axis(axis, rank))) {
        throw new IllegalArgumentException("axis " + axis + " is inserted twice");
      }
    }
    List<Integer> dimensions = new ArrayList<>(shape.dimensions());
    for (int axis : sorted) {
      dimensions.add(axis, 1);
    }
    return GraphBuilder.reshape(node.input(0), new Shape(dimensions));
  }

  private static Imported transpose(ImportNode node) {
    Shape shape = node.shape(0);
    int[] reversed = new int[shape.rank()];
    Arrays.setAll(reversed, i -> shape.rank() - 1 - i);
    return transpose(node, node.input(0), node.attributes().integers("perm", reversed));
  }

  /** {@code source} with its axes permuted. */
  static Imported transpose(ImportNode node, Imported source, int... permutation) {
    Shape shape = GraphBuilder.shapeOf(source);
    int[] positions = Positions.transpose(shape, permutation);
    return node.builder()
        .gather(node.name(), source, positions, Positions.permute(shape, permutation));
  }

  private static Imported concat(ImportNode node) {
    List<Imported> sources = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      sources.add(node.input(i));
    }
    int rank = node.shape(0).rank();
    return Concatenation.of(node, sources, node.axis(node.attributes().integer("axis", 1), rank));
  }

  private static Imported expand(ImportNode node) {
    int[] target = node.integers("shape", 1).orElseThrow(() -> missing(node, "shape"));
    Shape result = Positions.broadcastShape(node.shape(0), Shape.of(target));
    return broadcast(node, node.input(0), result);
  }

  /** {@code source} repeated to {@code shape}. */
  static Imported broadcast(ImportNode node, Imported source, Shape shape) {
    Shape from = GraphBuilder.shapeOf(source);
    if (from.equals(shape)) {
      return source;
    }
    return node.builder().gather(node.name(), source, Positions.broadcast(from, shape), shape);
  }

  private static Imported tile(ImportNode node) {
    Shape shape = node.shape(0);
    int[] repeats = node.integers("repeats", 1).orElseThrow(() -> missing(node, "repeats"));
    if (repeats.length != shape.rank() || node.opset() < 6) {
      throw new UnsupportedNodeException("repeats must name every axis");
    }
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 0; i < repeats.length; i++) {
      dimensions.add(Math.multiplyExact(shape.dimension(i), repeats[i]));
    }
    Shape result = Positions.checkedShape(dimensions);
    int[] positions = Positions.perAxis(shape, result, (axis, i) -> i % shape.dimension(axis));
    return node.builder().gather(node.name(), node.input(0), positions, result);
  }

  private static Imported gather(ImportNode node) {
    Shape shape = node.shape(0);
    int axis = node.axis(node.attributes().integer("axis", 0), shape.rank());
    if (!node.isKnown(1)) {
      throw new UnsupportedNodeException(
          "indices that depend on the input (an embedding); look them up before encoding");
    }
    // which elements of a constant are taken is as secret as what comes of them
    ConstantTensor indices =
        node.isKnown(0) ? node.known(1, "indices") : node.structure(1, "indices");
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dimension(i);
    }
    List<Integer> dimensions = new ArrayList<>(shape.dimensions());
    int length = dimensions.remove(axis);
    dimensions.addAll(axis, indices.shape().dimensions());
    Shape result = Positions.checkedShape(dimensions);
    int run = indices.count() * inner;
    int[] positions = new int[result.elements()];
    for (int i = 0; i < positions.length; i++) {
      long index = indices.integer(i % run / inner);
      index = index < 0 ? index + length : index;
      if (index < 0 || index >= length) {
        throw new IllegalArgumentException("index " + index + " of " + length);
      }
      positions[i] = (i / run * length + (int) index) * inner + i % inner;
    }
    return node.builder().gather(node.name(), node.input(0), positions, result);
  }

  private static Imported depthToSpace(ImportNode node) {
    Shape shape = node.shape(0);
    int block = node.attributes().integer("blocksize", 1);
    requireImage(shape, block);
    int batch = shape.dimension(0);
    int channels = shape.dimension(1) / block / block;
    int height = shape.dimension(2);
    int width = shape.dimension(3);
    boolean columnRow = node.attributes().text("mode", "DCR").equals("CRD");
    Shape split =
        columnRow
            ? Shape.of(batch, channels, block, block, height, width)
            : Shape.of(batch, block, block, channels, height, width);
    int[] permutation = columnRow ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
    Imported moved = transpose(node, GraphBuilder.reshape(node.input(0), split), permutation);
    return GraphBuilder.reshape(moved, Shape.of(batch, channels, height * block, width * block));
  }

  private static Imported spaceToDepth(ImportNode node) {
    Shape shape = node.shape(0);
    int block = node.attributes().integer("blocksize", 1);
    requireImage(shape, block);
    int batch = shape.dimension(0);
    int channels = shape.dimension(1);
    int height = shape.dimension(2) / block;
    int width = shape.dimension(3) / block;
    Shape split = Shape.of(batch, channels, height, block, width, block);
    Imported moved = transpose(node, GraphBuilder.reshape(node.input(0), split), 0, 3, 5, 1, 2, 4);
    return GraphBuilder.reshape(moved, Shape.of(batch, channels * block * block, height, width));
  }

  private static void requireImage(Shape shape, int block) {
    if (shape.rank() != 4 || block < 1) {
      throw new IllegalArgumentException("no image of blocks of " + block + ": shape " + shape);
    }
  }
}
