package io.maskwire.compiler.importer;

import java.util.Arrays;

/** The elements under each position of a window. */
final class Windows {
  private final int[] positions;
  private final int size;
  private final int[] covered;

  private Windows(int[] positions, int size, int[] covered) {
    this.positions = positions;
    this.size = size;
    this.covered = covered;
  }

  /** For each output, the window's elements in row-major order, -1 in the padding. */
  int[] positions() {
    return positions;
  }

  /** Elements of a window. */
  int size() {
    return size;
  }

  /** For each output, elements of the window within input and declared padding. */
  int[] covered() {
    return covered;
  }

  /** All windows over {@code planes} consecutive images. */
  static Windows of(Window window, int planes) {
    int[] input = window.input();
    int size = product(window.kernel());
    int outputs = product(window.output());
    int plane = product(input);
    GraphBuilder.requireElements((long) planes * outputs * size);
    int[] positions = new int[planes * outputs * size];
    int[] covered = new int[planes * outputs];
    for (int o = 0; o < outputs; o++) {
      for (int k = 0; k < size; k++) {
        int position = window.offset(o, k);
        boolean inside = position != Window.OUTSIDE;
        for (int p = 0; p < planes; p++) {
          covered[p * outputs + o] += inside ? 1 : 0;
          positions[(p * outputs + o) * size + k] = position < 0 ? -1 : p * plane + position;
        }
      }
    }
    return new Windows(positions, size, covered);
  }

  /** Padded positions replaced by another element of the same window. */
  int[] withoutPadding() {
    int[] filled = positions.clone();
    for (int start = 0; start < filled.length; start += size) {
      int valid = -1;
      for (int k = start; k < start + size && valid < 0; k++) {
        valid = filled[k];
      }
      if (valid < 0) {
        throw new UnsupportedNodeException("a pooling window that lies in the padding entirely");
      }
      for (int k = start; k < start + size; k++) {
        filled[k] = filled[k] < 0 ? valid : filled[k];
      }
    }
    return filled;
  }

  /** Elements of each window that are not padding. */
  int[] valid() {
    int[] valid = new int[covered.length];
    Arrays.setAll(
        valid,
        o -> {
          int count = 0;
          for (int k = o * size; k < (o + 1) * size; k++) {
            count += positions[k] < 0 ? 0 : 1;
          }
          return count;
        });
    return valid;
  }

  private static int product(int[] lengths) {
    return Arrays.stream(lengths).reduce(1, Math::multiplyExact);
  }
}
