package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors one after the other. */
final class Concatenation {
  private Concatenation() {}

  /** All {@code sources} one after the other along {@code axis}. */
  static Imported of(ImportNode node, List<Imported> sources, int axis) {
    List<Shape> shapes = sources.stream().map(GraphBuilder::shapeOf).toList();
    Shape first = shapes.getFirst();
    List<Integer> dimensions = new ArrayList<>(first.dimensions());
    dimensions.set(axis, shapes.stream().mapToInt(shape -> shape.dimension(axis)).sum());
    Shape result = Positions.checkedShape(dimensions);
    int inner = 1;
    for (int i = axis + 1; i < first.rank(); i++) {
      inner *= first.dimension(i);
    }
    int outer = result.elements() / Math.max(1, result.dimension(axis) * inner);
    int[] positions = new int[result.elements()];
    int next = 0;
    for (int row = 0; row < outer; row++) {
      int start = 0;
      for (Shape shape : shapes) {
        int run = shape.dimension(axis) * inner;
        if (!fits(shape, first, axis)) {
          throw new IllegalArgumentException("shapes do not concatenate: " + shapes);
        }
        for (int i = 0; i < run; i++) {
          positions[next++] = start + row * run + i;
        }
        start += shape.elements();
      }
    }
    return joined(node, sources, positions, result);
  }

  private static boolean fits(Shape shape, Shape first, int axis) {
    List<Integer> expected = new ArrayList<>(first.dimensions());
    if (shape.rank() == first.rank()) {
      expected.set(axis, shape.dimension(axis));
    }
    return expected.equals(shape.dimensions());
  }

  private static Imported joined(
      ImportNode node, List<Imported> sources, int[] positions, Shape result) {
    if (sources.stream().allMatch(source -> source instanceof Imported.Known)) {
      return new Imported.Known(
          flat(sources.stream().map(source -> ((Imported.Known) source).tensor()).toList())
              .gather(positions, result));
    }
    Imported.Secret[] secrets =
        sources.stream()
            .filter(source -> GraphBuilder.shapeOf(source).elements() > 0)
            .map(source -> node.builder().secret(node.name(), source))
            .toArray(Imported.Secret[]::new);
    return node.builder()
        .add(
            node.name(), new Operator.Gather(IndexMap.takeOwnershipOf(positions)), result, secrets);
  }

  private static ConstantTensor flat(List<ConstantTensor> tensors) {
    int count = tensors.stream().mapToInt(ConstantTensor::count).sum();
    if (tensors.stream().allMatch(tensor -> tensor instanceof ConstantTensor.Integers)) {
      long[] values = tensors.stream().flatMapToLong(t -> Arrays.stream(t.toIntegers())).toArray();
      return ConstantTensor.Integers.takeOwnershipOf(Shape.of(count), values);
    }
    float[] values = new float[count];
    int next = 0;
    for (ConstantTensor tensor : tensors) {
      for (int i = 0; i < tensor.count(); i++) {
        values[next++] = (float) tensor.real(i);
      }
    }
    return new ConstantTensor.Floats(FloatTensor.takeOwnershipOf(Shape.of(count), values));
  }
}
