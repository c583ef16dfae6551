package io.maskwire.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What training reached, for people and for choosing fixed-point ranges.
 *
 * @param correct how many of the held-out volumes got their label
 * @param layers the largest magnitudes per layer, activations over the held-out volumes
 */
record TrainingReport(int correct, int volumes, double seconds, List<Extent> layers) {

  /**
   * Largest absolute values: of a layer's weights, and of what it hands on (after the ReLU, logits
   * for the last).
   */
  record Extent(float weight, float activation) {}

  TrainingReport {
    layers = List.copyOf(layers);
  }

  static TrainingReport of(Perceptron perceptron, VolumeSet heldOut, double seconds) {
    List<float[][]> activations = perceptron.activations(heldOut.rows());
    List<Extent> layers = new ArrayList<>();
    for (int depth = 0; depth < activations.size(); depth++) {
      layers.add(
          new Extent(
              largest(perceptron.layers().get(depth).weights()), largest(activations.get(depth))));
    }
    int correct = 0;
    for (int row = 0; row < heldOut.size(); row++) {
      if (Perceptron.argMax(activations.getLast()[row]) == heldOut.label(row)) {
        correct++;
      }
    }
    return new TrainingReport(correct, heldOut.size(), seconds, layers);
  }

  double accuracy() {
    return (double) correct / volumes;
  }

  String toJson(DemoTask task) {
    List<String> extents =
        layers.stream()
            .map(
                layer ->
                    String.format(
                        Locale.ROOT,
                        "    {\"maxWeight\": %.6f, \"maxActivation\": %.4f}",
                        layer.weight(),
                        layer.activation()))
            .toList();
    return String.format(
        Locale.ROOT,
        """
        {
          "version": %d,
          "seed": %d,
          "trainingPeople": %d,
          "heldOutPeople": %d,
          "heldOutVolumes": %d,
          "correct": %d,
          "accuracy": %.4f,
          "seconds": %.1f,
          "layers": [
        %s
          ]
        }
        """,
        DemoModel.VERSION,
        task.seed(),
        task.people().training(),
        task.people().heldOut(),
        volumes,
        correct,
        accuracy(),
        seconds,
        String.join(",\n", extents));
  }

  private static float largest(float[][] values) {
    float largest = 0;
    for (float[] row : values) {
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }
}
