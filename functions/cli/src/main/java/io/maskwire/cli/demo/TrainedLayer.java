package io.maskwire.cli.demo;

import java.util.SplittableRandom;

/**
 * A layer in training: its weights by input, what momentum remembers of them, and the two passes.
 */
final class TrainedLayer {

  private static final float MOMENTUM = 0.9f;

  private final float[][] weights;
  private final float[][] velocity;
  private final float[] bias;
  private final float[] biasVelocity;

  private TrainedLayer(float[][] weights, float[] bias) {
    this.weights = weights;
    this.bias = bias;
    velocity = new float[weights.length][bias.length];
    biasVelocity = new float[bias.length];
  }

  /** Weights from He's initialisation, no bias. */
  static TrainedLayer random(int inputs, int outputs, SplittableRandom random) {
    float[][] weights = new float[inputs][outputs];
    float deviation = (float) Math.sqrt(2.0 / inputs);
    for (float[] row : weights) {
      for (int unit = 0; unit < outputs; unit++) {
        row[unit] = deviation * SmoothField.bell(random);
      }
    }
    return new TrainedLayer(weights, new float[outputs]);
  }

  /**
   * No weights yet; a random bias, so that the units differ and half of them let a gradient through
   * from the start.
   */
  static TrainedLayer zero(int inputs, int outputs, SplittableRandom random) {
    float[] bias = new float[outputs];
    for (int unit = 0; unit < outputs; unit++) {
      bias[unit] = 0.5f * SmoothField.bell(random);
    }
    return new TrainedLayer(new float[inputs][outputs], bias);
  }

  float[][] weights() {
    return weights;
  }

  float[] bias() {
    return bias;
  }

  float[][] forward(float[][] batch) {
    float[][] result = Matrix.multiply(batch, weights);
    for (float[] row : result) {
      for (int unit = 0; unit < bias.length; unit++) {
        row[unit] += bias[unit];
      }
    }
    return result;
  }

  /** The gradient by the layer's input, from the one by its output. */
  float[][] backward(float[][] gradient) {
    return Matrix.multiply(gradient, Matrix.transpose(weights));
  }

  /** One step down the slopes by the weights and by the output, with decay of the weights. */
  void step(float[][] slopes, float[][] gradient, float rate, float decay) {
    for (int input = 0; input < weights.length; input++) {
      move(weights[input], velocity[input], slopes[input], rate, decay);
    }
    float[] sum = new float[bias.length];
    for (float[] row : gradient) {
      for (int unit = 0; unit < sum.length; unit++) {
        sum[unit] += row[unit];
      }
    }
    move(bias, biasVelocity, sum, rate, 0);
  }

  private static void move(
      float[] values, float[] velocity, float[] slope, float rate, float decay) {
    for (int n = 0; n < values.length; n++) {
      velocity[n] = MOMENTUM * velocity[n] - rate * (slope[n] + decay * values[n]);
      values[n] += velocity[n];
    }
  }
}
