package io.maskwire.compiler.lowering;

import java.util.Optional;

/**
 * The range of a linear layer: for each row the sums of its positive and of its negative weights.
 */
final class RowBounds {
  private final long[] weights;
  private final Optional<long[]> bias;
  private final int rows;

  RowBounds(long[] weights, Optional<long[]> bias, int rows) {
    this.weights = weights;
    this.bias = bias;
    this.rows = rows;
  }

  /** Encoded, row by row. */
  long[] weights() {
    return weights;
  }

  /** Encoded, one per row or one per output. */
  Optional<long[]> bias() {
    return bias;
  }

  /** Rows of the weights. */
  int rows() {
    return rows;
  }

  Range apply(Range x) {
    boolean rowBias = bias.isPresent() && bias.get().length == rows;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int length = weights.length / rows;
    for (int row = 0; row < rows; row++) {
      double positive = 0;
      double negative = 0;
      for (int k = row * length; k < (row + 1) * length; k++) {
        positive += Math.max(weights[k], 0L);
        negative += Math.min(weights[k], 0L);
      }
      double summand = rowBias ? bias.orElseThrow()[row] : 0;
      low = Math.min(low, positive * x.low() + negative * x.high() + summand);
      high = Math.max(high, positive * x.high() + negative * x.low() + summand);
    }
    if (bias.isPresent() && !rowBias) {
      double least = 0;
      double most = 0;
      for (long summand : bias.get()) {
        least = Math.min(least, summand);
        most = Math.max(most, summand);
      }
      low += least;
      high += most;
    }
    return Range.widened(low, high, x.certainty());
  }
}
