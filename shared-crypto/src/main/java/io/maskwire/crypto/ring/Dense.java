package io.maskwire.crypto.ring;

/**
 * Y[row][o] = sum over k of W[o][k] X[row][k]: a fully connected layer. Weights lie output by
 * output, so that W streams from memory in order.
 *
 * @param rows rows of X and Y (the batch)
 * @param inner length of a row of X and of a row of W
 * @param outputs rows of W
 */
public record Dense(int rows, int inner, int outputs) implements LinearMap {
  public Dense {
    if (rows < 1 || inner < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a dense layer needs positive sizes, not %d x %d -> %d".formatted(rows, inner, outputs));
    }
    ElementCount.of("a dense input", rows, inner);
    ElementCount.of("a dense output", rows, outputs);
    ElementCount.of("dense weights", outputs, inner);
  }

  @Override
  public int weightCount() {
    return inner * outputs;
  }

  @Override
  public int inputCount() {
    return rows * inner;
  }

  @Override
  public int outputCount() {
    return rows * outputs;
  }

  @Override
  public long multiplications() {
    return (long) rows * inner * outputs;
  }

  @Override
  public void accumulate(long[] weights, long[] input, long[] output) {
    checkCounts(weights, input, output);
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < outputs; o++) {
        output[row * outputs + o] += dot(weights, o * inner, input, row * inner, inner);
      }
    }
  }

  /** One sum in one loop: the form that the JIT compiler turns into vector multiply-adds. */
  static long dot(long[] w, int row, long[] input, int x, int length) {
    long sum = 0;
    for (int k = 0; k < length; k++) {
      sum += w[row + k] * input[x + k];
    }
    return sum;
  }
}
