package io.maskwire.crypto.ring;

/**
 * Convolution by patches: for a tile of output positions, gathers the inputs under the kernel into
 * one row for each position, then multiplies the weights of each output channel with each row. Rows
 * and weights are contiguous, so that the inner loop is {@link Dense#dot}; a tile is sized to keep
 * its rows in the second-level cache.
 */
final class ConvolutionKernel {
  private static final int TILE_ELEMENTS = 1 << 15;

  private final Convolution shape;
  private final Convolution.Extent output;
  private final int kernelSize;
  private final int groupInputs;
  private final int groupOutputs;
  private final int inner;

  ConvolutionKernel(Convolution shape) {
    this.shape = shape;
    output = shape.output();
    kernelSize = shape.kernel().elements();
    groupInputs = shape.channels().input() / shape.channels().groups();
    groupOutputs = shape.channels().output() / shape.channels().groups();
    inner = groupInputs * kernelSize;
  }

  void accumulate(long[] weights, long[] x, long[] y) {
    int positions = output.elements();
    int tile = Math.clamp(TILE_ELEMENTS / inner, 8, Math.max(8, positions));
    long[] patches = new long[Math.multiplyExact(inner, tile)];
    int[] offsets = new int[kernelSize * tile];
    for (int from = 0; from < positions; from += tile) {
      int count = Math.min(tile, positions - from);
      sourceOffsets(from, count, offsets);
      for (int batch = 0; batch < shape.channels().batch(); batch++) {
        for (int group = 0; group < shape.channels().groups(); group++) {
          gather(x, inputStart(batch, group), offsets, patches, count);
          multiply(weights, patches, count, y, outputStart(batch, group) + from, group);
        }
      }
    }
  }

  private int inputStart(int batch, int group) {
    return (batch * shape.channels().input() + group * groupInputs) * shape.input().elements();
  }

  private int outputStart(int batch, int group) {
    return (batch * shape.channels().output() + group * groupOutputs) * output.elements();
  }

  /** For each position of the tile and kernel element, the input offset, or -1 in the padding. */
  private void sourceOffsets(int from, int count, int[] offsets) {
    Convolution.Extent kernel = shape.kernel();
    int k = 0;
    for (int kd = 0; kd < kernel.depth(); kd++) {
      for (int kh = 0; kh < kernel.height(); kh++) {
        for (int kw = 0; kw < kernel.width(); kw++, k++) {
          for (int i = 0; i < count; i++) {
            offsets[i * kernelSize + k] = sourceOffset(from + i, kd, kh, kw);
          }
        }
      }
    }
  }

  private int sourceOffset(int position, int kd, int kh, int kw) {
    Convolution.Extent in = shape.input();
    Convolution.Window window = shape.window();
    int column = position % output.width();
    int row = position / output.width() % output.height();
    int plane = position / output.width() / output.height();
    int d =
        plane * window.strides().depth()
            + kd * window.dilations().depth()
            - window.before().depth();
    int h =
        row * window.strides().height()
            + kh * window.dilations().height()
            - window.before().height();
    int w =
        column * window.strides().width()
            + kw * window.dilations().width()
            - window.before().width();
    boolean inside =
        d >= 0 && d < in.depth() && h >= 0 && h < in.height() && w >= 0 && w < in.width();
    return inside ? (d * in.height() + h) * in.width() + w : -1;
  }

  private void gather(long[] x, int start, int[] offsets, long[] patches, int count) {
    int plane = shape.input().elements();
    int to = 0;
    for (int i = 0; i < count; i++) {
      int first = i * kernelSize;
      for (int c = 0; c < groupInputs; c++) {
        int base = start + c * plane;
        for (int k = 0; k < kernelSize; k++) {
          int offset = offsets[first + k];
          patches[to++] = offset < 0 ? 0 : x[base + offset];
        }
      }
    }
  }

  private void multiply(
      long[] weights, long[] patches, int count, long[] y, int yStart, int group) {
    int positions = output.elements();
    for (int o = 0; o < groupOutputs; o++) {
      int row = (group * groupOutputs + o) * inner;
      int to = yStart + o * positions;
      for (int i = 0; i < count; i++) {
        y[to + i] += Dense.dot(weights, row, patches, i * inner, inner);
      }
    }
  }
}
