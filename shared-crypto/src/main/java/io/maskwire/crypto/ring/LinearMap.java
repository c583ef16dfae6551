package io.maskwire.crypto.ring;

/**
 * A bilinear map y = L(W, x) over Z_{2^64}: linear in the weights and linear in the input. All
 * operands are flat row-major arrays. Since L is bilinear, the same map serves values, masks and
 * shares of both.
 */
public sealed interface LinearMap permits Convolution, Dense, Scaling {
  /** Number of elements of W. */
  int weightCount();

  /** Number of elements of x. */
  int inputCount();

  /** Number of elements of y. */
  int outputCount();

  /** Ring multiplications that one application takes. */
  long multiplications();

  /** Adds L(weights, input) to {@code output}, wrapping. Arrays must have exactly the counts. */
  void accumulate(long[] weights, long[] input, long[] output);

  /** L(weights, input) in a new array. */
  default long[] apply(long[] weights, long[] input) {
    long[] output = new long[outputCount()];
    accumulate(weights, input, output);
    return output;
  }

  /**
   * Refuses arrays of other lengths than the map's.
   *
   * @throws IllegalArgumentException with both lengths
   */
  default void checkCounts(long[] weights, long[] input, long[] output) {
    if (weights.length != weightCount()
        || input.length != inputCount()
        || output.length != outputCount()) {
      throw new IllegalArgumentException(
          "expected %d weights, %d inputs, %d outputs; got %d, %d, %d"
              .formatted(
                  weightCount(),
                  inputCount(),
                  outputCount(),
                  weights.length,
                  input.length,
                  output.length));
    }
  }
}
