package io.maskwire.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The trained classifier over the voxels of the brain: affine layers with a ReLU after each but the
 * last.
 */
record Perceptron(List<DenseLayer> layers) {

  Perceptron {
    layers = List.copyOf(layers);
  }

  /** What each layer hands on for a batch, a row per volume; the last are the logits. */
  List<float[][]> activations(float[][] batch) {
    List<float[][]> all = new ArrayList<>();
    float[][] values = batch;
    for (int layer = 0; layer < layers.size(); layer++) {
      values = layers.get(layer).apply(values);
      if (layer < layers.size() - 1) {
        rectify(values);
      }
      all.add(values);
    }
    return all;
  }

  float[][] logits(float[][] batch) {
    return activations(batch).getLast();
  }

  static void rectify(float[][] values) {
    for (float[] row : values) {
      for (int unit = 0; unit < row.length; unit++) {
        row[unit] = Math.max(0, row[unit]);
      }
    }
  }

  static int argMax(float[] logits) {
    int best = 0;
    for (int label = 1; label < logits.length; label++) {
      if (logits[label] > logits[best]) {
        best = label;
      }
    }
    return best;
  }
}
