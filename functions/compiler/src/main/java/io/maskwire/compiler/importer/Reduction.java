package io.maskwire.compiler.importer;

import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;

/** A reduction over some axes. */
final class Reduction {
  private final int[] positions;
  private final int terms;
  private final Shape result;

  private Reduction(int[] positions, int terms, Shape result) {
    this.positions = positions;
    this.terms = terms;
    this.result = result;
  }

  /** For each output, the elements that are reduced. */
  int[] positions() {
    return positions;
  }

  /** How many they are. */
  int terms() {
    return terms;
  }

  /** Shape of the result. */
  Shape result() {
    return result;
  }

  /** Over {@code axes} of {@code shape}. */
  static Reduction of(Shape shape, int[] axes, boolean keep) {
    boolean[] reduced = new boolean[shape.rank()];
    for (int axis : axes) {
      reduced[axis] = true;
    }
    List<Integer> order = new ArrayList<>();
    List<Integer> dimensions = new ArrayList<>();
    int terms = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (reduced[axis]) {
        terms *= shape.dimension(axis);
        if (keep) {
          dimensions.add(1);
        }
      } else {
        order.add(axis);
        dimensions.add(shape.dimension(axis));
      }
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (reduced[axis]) {
        order.add(axis);
      }
    }
    int[] permutation = order.stream().mapToInt(Integer::intValue).toArray();
    return new Reduction(Positions.transpose(shape, permutation), terms, new Shape(dimensions));
  }

  private IndexMap map() {
    return IndexMap.sums(positions, terms);
  }

  Imported.Secret sum(ImportNode node) {
    return node.builder().add(node.name(), new Operator.Gather(map()), result, node.secret(0));
  }

  Imported.Secret mean(ImportNode node) {
    Imported.Secret sum = sum(node);
    return terms == 1
        ? sum
        : node.builder().add(node.name(), new Operator.Scale(1.0 / terms), result, sum);
  }

  Imported.Secret maximum(ImportNode node) {
    return node.builder().add(node.name(), new Operator.Maximum(map()), result, node.secret(0));
  }

  Imported.Secret argMax(ImportNode node) {
    return node.builder().add(node.name(), new Operator.ArgMax(map()), result, node.secret(0));
  }
}
