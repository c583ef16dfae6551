package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Products of matrices. */
final class MatrixRules {
  /** Products of two secret matrices beyond this many multiplications are refused. */
  private static final int LARGEST_SECRET_PRODUCT = 1 << 24;

  private MatrixRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "Gemm", Rule.single(MatrixRules::general),
          "MatMul", Rule.single(node -> multiply(node, node.input(0), node.input(1))));

  private static Imported general(ImportNode node) {
    Imported left = node.input(0);
    Imported right = node.input(1);
    if (node.attributes().integer("transA", 0) != 0) {
      left = StructuralRules.transpose(node, left, 1, 0);
    }
    if (node.attributes().integer("transB", 0) != 0) {
      right = StructuralRules.transpose(node, right, 1, 0);
    }
    float alpha = node.attributes().real("alpha", 1);
    float beta = node.attributes().real("beta", 1);
    Imported product = multiply(node, left, right);
    if (alpha != 1) {
      product = ArithmeticRules.scale(node, product, scalar(alpha));
    }
    if (!node.has(2) || beta == 0) {
      return product;
    }
    Imported summand = node.input(2);
    if (beta != 1) {
      summand =
          summand instanceof Imported.Known(ConstantTensor tensor)
              ? new Imported.Known(new ConstantTensor.Floats(tensor.toFloats()).map(x -> beta * x))
              : ArithmeticRules.scale(node, summand, scalar(beta));
    }
    return ArithmeticRules.sum(node, List.of(product, summand), List.of(1, 1));
  }

  private static ConstantTensor scalar(float value) {
    return new ConstantTensor.Floats(FloatTensor.takeOwnershipOf(Shape.of(), new float[] {value}));
  }

  /** left times right, numpy's rules. */
  private static Imported multiply(ImportNode node, Imported left, Imported right) {
    Shape a = GraphBuilder.shapeOf(left);
    Shape b = GraphBuilder.shapeOf(right);
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException("a product of matrices of shapes " + a + " and " + b);
    }
    Shape rows = a.rank() == 1 ? Shape.of(1, a.dimension(0)) : a;
    Shape columns = b.rank() == 1 ? Shape.of(b.dimension(0), 1) : b;
    if (rows.dimension(-1) != columns.dimension(-2)) {
      throw new IllegalArgumentException("matrices do not fit: " + a + " and " + b);
    }
    Imported product =
        matrices(node, GraphBuilder.reshape(left, rows), GraphBuilder.reshape(right, columns));
    List<Integer> dimensions = new ArrayList<>(GraphBuilder.shapeOf(product).dimensions());
    if (b.rank() == 1) {
      dimensions.removeLast();
    }
    if (a.rank() == 1) {
      dimensions.remove(dimensions.size() - (b.rank() == 1 ? 1 : 2));
    }
    return GraphBuilder.reshape(product, new Shape(dimensions));
  }

  private static Imported matrices(ImportNode node, Imported left, Imported right) {
    if (left instanceof Imported.Known a) {
      if (right instanceof Imported.Known b) {
        return new Imported.Known(product(a.tensor(), b.tensor()));
      }
      return batched(node, a.tensor(), right);
    }
    Shape rows = GraphBuilder.shapeOf(left);
    if (right instanceof Imported.Known(ConstantTensor weights)) {
      if (weights.shape().elements()
          == weights.shape().dimension(-1) * weights.shape().dimension(-2)) {
        return dense(node, left, weights);
      }
      int[] swap = swapLast(weights.shape().rank());
      ConstantTensor turned =
          weights.gather(
              Positions.transpose(weights.shape(), swap), Positions.permute(weights.shape(), swap));
      Imported columns = StructuralRules.transpose(node, left, swapLast(rows.rank()));
      Imported product = batched(node, turned, columns);
      return StructuralRules.transpose(
          node, product, swapLast(GraphBuilder.shapeOf(product).rank()));
    }
    return secrets(node, left, right);
  }

  private static int[] swapLast(int rank) {
    int[] permutation = new int[rank];
    for (int i = 0; i < rank; i++) {
      permutation[i] = i < rank - 2 ? i : 2 * rank - 3 - i;
    }
    return permutation;
  }

  private static ConstantTensor product(ConstantTensor a, ConstantTensor b) {
    if (a.shape().rank() != 2 || b.shape().rank() != 2) {
      throw new UnsupportedNodeException("a product of two constants in batches");
    }
    int rows = a.shape().dimension(0);
    int inner = a.shape().dimension(1);
    int columns = b.shape().dimension(1);
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (int k = 0; k < inner; k++) {
        sum += a.real(i / columns * inner + k) * b.real(k * columns + i % columns);
      }
      values[i] = (float) sum;
    }
    return new ConstantTensor.Floats(FloatTensor.takeOwnershipOf(Shape.of(rows, columns), values));
  }

  private static Imported dense(ImportNode node, Imported left, ConstantTensor weights) {
    Shape shape = GraphBuilder.shapeOf(left);
    int inner = weights.shape().dimension(-2);
    int outputs = weights.shape().dimension(-1);
    int[] turned = Positions.transpose(Shape.of(inner, outputs), new int[] {1, 0});
    FloatTensor rows = weights.gather(turned, Shape.of(outputs, inner)).toFloats();
    List<Integer> dimensions = new ArrayList<>(shape.dimensions());
    dimensions.set(shape.rank() - 1, outputs);
    Shape result = Positions.align(Positions.checkedShape(dimensions), weights.shape().rank());
    Operator linear =
        new Operator.Linear(
            new Dense(shape.elements() / inner, inner, outputs), rows, Optional.empty());
    return node.builder()
        .add(node.name(), linear, result, node.builder().secret(node.name(), left));
  }

  /** Constant matrices on the left: a convolution of kernel 1, one group for each matrix. */
  private static Imported batched(ImportNode node, ConstantTensor weights, Imported right) {
    Shape a = weights.shape();
    Shape b = GraphBuilder.shapeOf(right);
    Shape batch = Positions.broadcastShape(leading(a), leading(b));
    int matrices = batch.elements();
    boolean single = leading(a).elements() == 1;
    ConstantTensor left =
        single
            ? weights
            : weights.gather(Positions.broadcast(a, withMatrix(batch, a)), withMatrix(batch, a));
    Imported columns = StructuralRules.broadcast(node, right, withMatrix(batch, b));
    Convolution.Extent one = new Convolution.Extent(1, 1, 1);
    Convolution.Extent none = new Convolution.Extent(0, 0, 0);
    int groups = single ? 1 : matrices;
    Convolution map =
        new Convolution(
            new Convolution.Channels(
                single ? matrices : 1, groups * a.dimension(-1), groups * a.dimension(-2), groups),
            new Convolution.Extent(1, 1, b.dimension(-1)),
            one,
            new Convolution.Window(one, one, none, none));
    Operator linear = new Operator.Linear(map, left.toFloats(), Optional.empty());
    Shape result = withMatrix(batch, Shape.of(a.dimension(-2), b.dimension(-1)));
    return node.builder()
        .add(node.name(), linear, result, node.builder().secret(node.name(), columns));
  }

  private static Shape leading(Shape shape) {
    return new Shape(shape.dimensions().subList(0, shape.rank() - 2));
  }

  private static Shape withMatrix(Shape batch, Shape matrix) {
    List<Integer> dimensions = new ArrayList<>(batch.dimensions());
    dimensions.add(matrix.dimension(-2));
    dimensions.add(matrix.dimension(-1));
    return Positions.checkedShape(dimensions);
  }

  /** All products of elements at once, then their sums. */
  private static Imported secrets(ImportNode node, Imported left, Imported right) {
    Shape a = GraphBuilder.shapeOf(left);
    Shape b = GraphBuilder.shapeOf(right);
    Shape batch = Positions.broadcastShape(leading(a), leading(b));
    int rows = a.dimension(-2);
    int inner = a.dimension(-1);
    int columns = b.dimension(-1);
    Shape result = withMatrix(batch, Shape.of(rows, columns));
    long count = (long) result.elements() * inner;
    if (count > LARGEST_SECRET_PRODUCT) {
      throw new UnsupportedNodeException(
          "a product of two secret matrices with " + count + " multiplications");
    }
    int[] leftMatrices = Positions.broadcast(a, withMatrix(batch, a));
    int[] rightMatrices = Positions.broadcast(b, withMatrix(batch, b));
    int[] leftMap = new int[(int) count];
    int[] rightMap = new int[(int) count];
    int[] sums = new int[(int) count];
    for (int i = 0; i < count; i++) {
      int k = i % inner;
      int column = i / inner % columns;
      int row = i / inner / columns;
      leftMap[i] = leftMatrices[row * inner + k];
      rightMap[i] = rightMatrices[(row / rows * inner + k) * columns + column];
      sums[i] = i;
    }
    Shape products = Shape.of((int) count);
    GraphBuilder builder = node.builder();
    Imported x = builder.gather(node.name(), left, leftMap, products);
    Imported y = builder.gather(node.name(), right, rightMap, products);
    Imported.Secret product =
        builder.add(
            node.name(),
            new Operator.Multiply(),
            products,
            builder.secret(node.name(), x),
            builder.secret(node.name(), y));
    Operator sum = new Operator.Gather(IndexMap.sums(sums, inner));
    return builder.add(node.name(), sum, result, product);
  }
}
