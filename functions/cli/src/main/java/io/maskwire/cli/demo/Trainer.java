package io.maskwire.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains the perceptron by mini-batch stochastic gradient descent on the cross entropy.
 *
 * <p>The first layer's weights start at zero and every step adds multiples of training volumes, so
 * they always are W = A X with X the volumes by row. Momentum and decay are linear and keep it so.
 * Training A against the inner products X X^T therefore makes exactly the steps that training W
 * would, and touches the wide volumes twice in all: once for X X^T, once for W.
 */
final class Trainer {

  private static final int BATCH = 64;

  /**
   * Volumes count as scaled to this mean square norm, which sets the first layer's pace against the
   * others'.
   */
  private static final float SQUARE_NORM = 30;

  private static final int OTHERS = 4;
  private static final float OTHERS_STRENGTH = 0.5f;

  /**
   * How much larger the first layer is handed out than trained, and the second smaller: a ReLU lets
   * positive factors through, so nothing changes but the precision that fixed-point numbers leave
   * the first weights.
   */
  private static final float FIRST_GAIN = 4;

  private final DemoTask task;
  private final BrainSmoothing smoothing;
  private final VolumeSet volumes;
  private final SplittableRandom random;
  private final List<TrainedLayer> layers = new ArrayList<>();

  Trainer(DemoTask task, VolumeSet raw) {
    this.task = task;
    smoothing = new BrainSmoothing(task.grid(), task.training().smoothingMillimetres());
    volumes = raw.map(smoothing::apply);
    random = new SplittableRandom(task.seed() ^ 0x747261696eL);
    int width = task.training().hiddenWidth();
    layers.add(TrainedLayer.zero(volumes.size(), width, random));
    layers.add(TrainedLayer.random(width, width, random));
    layers.add(TrainedLayer.random(width, width, random));
    layers.add(TrainedLayer.random(width, task.networks().size(), random));
  }

  /** Trains to the end; the listener hears of fractions of this call. */
  Perceptron train(ProgressListener progress) {
    progress.advanced("comparing volumes", 0);
    float[][] products = Matrix.gram(volumes.rows());
    double trace = 0;
    for (int row = 0; row < products.length; row++) {
      trace += products[row][row];
    }
    float scale = (float) (SQUARE_NORM * products.length / trace);
    for (float[] row : products) {
      multiply(row, scale);
    }
    int epochs = task.training().epochs();
    for (int epoch = 0; epoch < epochs; epoch++) {
      progress.advanced("training", 0.3 + 0.7 * epoch / epochs);
      epoch(products, (float) (task.training().rate() * (epochs - epoch) / epochs));
    }
    return finish(scale);
  }

  private void epoch(float[][] products, float rate) {
    int[] order = shuffled(volumes.size());
    for (int from = 0; from < order.length; from += BATCH) {
      List<Blend> blends = new ArrayList<>();
      for (int n = from; n < Math.min(order.length, from + BATCH); n++) {
        blends.add(Blend.draw(order[n], volumes.size(), random));
      }
      step(products, blends, rate);
    }
  }

  /**
   * A training volume with faint others on top: what it is stays the same, what to ignore differs
   * at every visit.
   */
  private record Blend(int volume, List<Part> parts) {

    private record Part(int volume, float strength) {}

    static Blend draw(int volume, int volumes, SplittableRandom random) {
      List<Part> parts = new ArrayList<>(List.of(new Part(volume, 1)));
      for (int other = 0; other < OTHERS; other++) {
        parts.add(new Part(random.nextInt(volumes), OTHERS_STRENGTH * SmoothField.bell(random)));
      }
      return new Blend(volume, parts);
    }

    /** The blend's inner products with all volumes. */
    float[] products(float[][] products) {
      float[] sum = new float[products.length];
      for (Part part : parts) {
        addTo(sum, part.strength(), products[part.volume()]);
      }
      return sum;
    }
  }

  private void step(float[][] products, List<Blend> blends, float rate) {
    List<float[][]> inputs = new ArrayList<>();
    float[][] values =
        blends.stream().map(blend -> blend.products(products)).toArray(float[][]::new);
    for (TrainedLayer layer : layers) {
      if (!inputs.isEmpty()) {
        Perceptron.rectify(values);
      }
      inputs.add(values);
      values = layer.forward(values);
    }
    float[][] gradient = slopeOfLoss(values, blends);
    float decay = (float) task.training().decay();
    for (int depth = layers.size() - 1; depth > 0; depth--) {
      TrainedLayer layer = layers.get(depth);
      float[][] below = layer.backward(gradient);
      layer.step(
          Matrix.multiply(Matrix.transpose(inputs.get(depth)), gradient), gradient, rate, decay);
      maskDead(below, inputs.get(depth));
      gradient = below;
    }
    layers.getFirst().step(byVolume(gradient, blends), gradient, rate, decay);
  }

  /** The gradient of the mean cross entropy by the logits: probability less target. */
  private float[][] slopeOfLoss(float[][] logits, List<Blend> blends) {
    float spread = (float) task.training().labelSpread();
    for (int n = 0; n < logits.length; n++) {
      float[] row = logits[n];
      softmax(row);
      for (int label = 0; label < row.length; label++) {
        row[label] -= spread / row.length;
      }
      row[volumes.label(blends.get(n).volume())] -= 1 - spread;
      multiply(row, 1f / logits.length);
    }
    return logits;
  }

  static void softmax(float[] row) {
    float highest = row[Perceptron.argMax(row)];
    double sum = 0;
    for (int label = 0; label < row.length; label++) {
      row[label] = (float) StrictMath.exp(row[label] - highest);
      sum += row[label];
    }
    multiply(row, (float) (1 / sum));
  }

  private static void maskDead(float[][] gradient, float[][] activations) {
    for (int n = 0; n < gradient.length; n++) {
      for (int unit = 0; unit < gradient[n].length; unit++) {
        gradient[n][unit] = activations[n][unit] > 0 ? gradient[n][unit] : 0;
      }
    }
  }

  /**
   * In terms of A a batch's gradient is the one by its pre-activations, times each volume's part in
   * the batch.
   */
  private float[][] byVolume(float[][] gradient, List<Blend> blends) {
    float[][] slopes = new float[volumes.size()][gradient[0].length];
    for (int n = 0; n < gradient.length; n++) {
      for (Blend.Part part : blends.get(n).parts()) {
        addTo(slopes[part.volume()], part.strength(), gradient[n]);
      }
    }
    return slopes;
  }

  private Perceptron finish(float scale) {
    float[][] first =
        Matrix.multiply(Matrix.transpose(layers.getFirst().weights()), volumes.rows());
    for (int unit = 0; unit < first.length; unit++) {
      multiply(first[unit], scale * FIRST_GAIN);
      first[unit] = smoothing.apply(first[unit]);
    }
    multiply(layers.getFirst().bias(), FIRST_GAIN);
    List<DenseLayer> finished = new ArrayList<>();
    finished.add(new DenseLayer(first, layers.getFirst().bias()));
    for (TrainedLayer layer : layers.subList(1, layers.size())) {
      finished.add(new DenseLayer(Matrix.transpose(layer.weights()), layer.bias()));
    }
    for (float[] row : finished.get(1).weights()) {
      multiply(row, 1 / FIRST_GAIN);
    }
    return new Perceptron(finished);
  }

  private int[] shuffled(int size) {
    int[] order = new int[size];
    for (int n = 0; n < size; n++) {
      int other = random.nextInt(n + 1);
      order[n] = order[other];
      order[other] = n;
    }
    return order;
  }

  private static void addTo(float[] sum, float factor, float[] row) {
    for (int n = 0; n < sum.length; n++) {
      sum[n] += factor * row[n];
    }
  }

  private static void multiply(float[] row, float factor) {
    for (int n = 0; n < row.length; n++) {
      row[n] *= factor;
    }
  }
}
