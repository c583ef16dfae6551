package io.maskwire.cli.demo;

/** A trained affine layer: a row of weights and a bias for each of its units. */
final class DenseLayer {

  private final float[][] weights;
  private final float[] bias;

  DenseLayer(float[][] weights, float[] bias) {
    if (weights.length != bias.length) {
      throw new IllegalArgumentException(
          "weights have %d rows, the bias has %d elements".formatted(weights.length, bias.length));
    }
    this.weights = weights;
    this.bias = bias;
  }

  float[][] weights() {
    return weights;
  }

  float[] bias() {
    return bias;
  }

  int outputs() {
    return weights.length;
  }

  float[][] apply(float[][] batch) {
    float[][] result = Matrix.multiply(batch, Matrix.transpose(weights));
    for (float[] row : result) {
      for (int unit = 0; unit < bias.length; unit++) {
        row[unit] += bias[unit];
      }
    }
    return result;
  }
}
