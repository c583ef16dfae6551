package io.maskwire.compiler.importer;

import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Index maps of structural operators: for each element of the result, in row-major order, its
 * position in the source.
 */
final class Positions {
  private Positions() {}

  /** Source coordinate along an axis for a result coordinate, or -1 for zero. */
  interface Along {
    int source(int axis, int coordinate);
  }

  /** Each axis on its own: slices, pads, expansions, tiles. */
  static int[] perAxis(Shape source, Shape result, Along along) {
    int rank = result.rank();
    int[] strides = source.strides();
    int[][] offsets = new int[rank][];
    for (int axis = 0; axis < rank; axis++) {
      offsets[axis] = new int[result.dimension(axis)];
      for (int i = 0; i < offsets[axis].length; i++) {
        int coordinate = along.source(axis, i);
        if (coordinate >= source.dimension(axis)) {
          throw new IllegalArgumentException(
              "position %d of axis %d of shape %s".formatted(coordinate, axis, source));
        }
        offsets[axis][i] = coordinate < 0 ? -1 : coordinate * strides[axis];
      }
    }
    int[] positions = new int[checked(result)];
    int[] coordinates = new int[rank];
    for (int i = 0; i < positions.length; i++) {
      int position = 0;
      for (int axis = 0; axis < rank && position >= 0; axis++) {
        int offset = offsets[axis][coordinates[axis]];
        position = offset < 0 ? -1 : position + offset;
      }
      positions[i] = position;
      advance(coordinates, result);
    }
    return positions;
  }

  /** Result axis i is source axis permutation[i]. */
  static int[] transpose(Shape source, int[] permutation) {
    int[] strides = source.strides();
    Shape result = permute(source, permutation);
    int[] positions = new int[checked(result)];
    int[] coordinates = new int[result.rank()];
    for (int i = 0; i < positions.length; i++) {
      int position = 0;
      for (int axis = 0; axis < permutation.length; axis++) {
        position += coordinates[axis] * strides[permutation[axis]];
      }
      positions[i] = position;
      advance(coordinates, result);
    }
    return positions;
  }

  /** The shape after {@link #transpose}. */
  static Shape permute(Shape source, int[] permutation) {
    List<Integer> dimensions = new ArrayList<>();
    boolean[] seen = new boolean[source.rank()];
    if (permutation.length != source.rank()) {
      throw new IllegalArgumentException("permutation of another length than shape " + source);
    }
    for (int axis : permutation) {
      if (axis < 0 || axis >= seen.length || seen[axis]) {
        throw new IllegalArgumentException("no permutation of the axes of shape " + source);
      }
      seen[axis] = true;
      dimensions.add(source.dimension(axis));
    }
    return new Shape(dimensions);
  }

  /** {@code source} repeated to {@code result}, numpy's rules. */
  static int[] broadcast(Shape source, Shape result) {
    Shape aligned = align(source, result.rank());
    if (!broadcastShape(aligned, result).equals(result)) {
      throw new IllegalArgumentException("shape " + source + " does not broadcast to " + result);
    }
    return perAxis(
        aligned, result, (axis, coordinate) -> aligned.dimension(axis) == 1 ? 0 : coordinate);
  }

  /** The shape to which both broadcast. */
  static Shape broadcastShape(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    Shape left = align(a, rank);
    Shape right = align(b, rank);
    List<Integer> dimensions = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int x = left.dimension(axis);
      int y = right.dimension(axis);
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException("shapes do not broadcast: " + a + " and " + b);
      }
      dimensions.add(x == 1 ? y : x);
    }
    return checkedShape(dimensions);
  }

  /** {@code shape} with leading ones up to {@code rank}. */
  static Shape align(Shape shape, int rank) {
    List<Integer> dimensions = new ArrayList<>(shape.dimensions());
    while (dimensions.size() < rank) {
      dimensions.addFirst(1);
    }
    return new Shape(dimensions);
  }

  /** A shape whose size has been checked. */
  static Shape checkedShape(List<Integer> dimensions) {
    long elements = 1;
    for (int dimension : dimensions) {
      elements *= dimension;
      GraphBuilder.requireElements(Math.max(1, elements));
    }
    return new Shape(dimensions);
  }

  private static int checked(Shape shape) {
    GraphBuilder.requireElements(shape.elements());
    return shape.elements();
  }

  /** The next coordinates in row-major order. */
  static void advance(int[] coordinates, Shape shape) {
    for (int axis = coordinates.length - 1; axis >= 0; axis--) {
      if (++coordinates[axis] < shape.dimension(axis)) {
        return;
      }
      coordinates[axis] = 0;
    }
  }
}
