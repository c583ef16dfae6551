package io.maskwire.crypto.ring;

/**
 * y_i = W[(i / inner) mod channels] x_i: a product per channel (batch normalisation, PReLU slopes)
 * or, with {@code inner} 1 and as many channels as elements, per element.
 *
 * @param count elements of x and y
 * @param channels elements of W
 * @param inner elements that share one weight in a row
 */
public record Scaling(int count, int channels, int inner) implements LinearMap {
  public Scaling {
    if (count < 1 || channels < 1 || inner < 1 || count % inner != 0) {
      throw new IllegalArgumentException(
          "scaling needs positive counts and a whole number of runs, not count "
              + count
              + ", channels "
              + channels
              + ", inner "
              + inner);
    }
  }

  @Override
  public int weightCount() {
    return channels;
  }

  @Override
  public int inputCount() {
    return count;
  }

  @Override
  public int outputCount() {
    return count;
  }

  @Override
  public long multiplications() {
    return count;
  }

  @Override
  public void accumulate(long[] weights, long[] input, long[] output) {
    checkCounts(weights, input, output);
    for (int start = 0, channel = 0; start < count; start += inner) {
      long weight = weights[channel];
      for (int i = start; i < start + inner; i++) {
        output[i] += weight * input[i];
      }
      channel = channel + 1 == channels ? 0 : channel + 1;
    }
  }
}
