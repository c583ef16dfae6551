package io.maskwire.cli.demo;

import java.util.SplittableRandom;

/**
 * Draws spatial maps as a group analysis of resting-state fMRI yields them: one network's peaks,
 * moved and deformed with the person, uneven within, faint traces of other networks, white and
 * smooth noise; scaled to z-scores over the brain.
 */
final class VolumeGenerator {

  /** Whose maps: the two groups draw from streams that never meet. */
  enum Group {
    TRAINING(0),
    HELD_OUT(1);

    private final int stream;

    Group(int stream) {
      this.stream = stream;
    }
  }

  private static final double PEAK = 11;
  private static final double SMOOTH_NOISE = 0.5;
  private static final double TEXTURE = 0.45;
  private static final int LEAKS = 5;
  private static final double LEAK_DEVIATION = 0.1;
  private static final double REACH_IN_SIGMAS = 3.5;

  private final DemoTask task;
  private final VoxelGrid grid;
  private final int[] brain;
  private final SmoothField noise;
  private final SmoothField texture;

  VolumeGenerator(DemoTask task) {
    this.task = task;
    grid = task.grid();
    brain = grid.brain();
    noise = new SmoothField(grid, 6);
    texture = new SmoothField(grid, 7);
  }

  /** The map's values in the brain, in the order of {@link VoxelGrid#brain}. */
  float[] draw(Group group, int person, int network) {
    Subject subject = Subject.draw(stream(group.stream, person, -1));
    SplittableRandom random = stream(group.stream, person, network);
    float[] signal = new float[grid.size()];
    addNetwork(signal, subject, network, PEAK * subject.gain(), random);
    for (int leak = 0; leak < LEAKS; leak++) {
      double strength = LEAK_DEVIATION * PEAK * SmoothField.bell(random);
      addNetwork(signal, subject, random.nextInt(task.networks().size()), strength, random);
    }
    float[] uneven = texture.draw(random);
    float[] smooth = noise.draw(random);
    float[] white = SmoothField.white(grid, random);
    float noiseGain = (float) subject.noise();
    float[] values = new float[brain.length];
    for (int row = 0; row < brain.length; row++) {
      int voxel = brain[row];
      float active = signal[voxel] * (1 + (float) TEXTURE * uneven[voxel]);
      values[row] = active + noiseGain * (white[voxel] + (float) SMOOTH_NOISE * smooth[voxel]);
    }
    standardise(values);
    return values;
  }

  private SplittableRandom stream(int group, int person, int network) {
    long state = new SplittableRandom(task.seed() ^ group).nextLong();
    state = new SplittableRandom(state ^ person).nextLong();
    return new SplittableRandom(state ^ network);
  }

  private void addNetwork(
      float[] field, Subject subject, int network, double strength, SplittableRandom random) {
    for (Blob blob : task.networks().get(network).blobs()) {
      Subject.Axes centre = subject.place(blob);
      Subject.Axes stray = Subject.Axes.draw(random, 0, 2);
      Blob placed =
          new Blob(
              centre.x() + stray.x(),
              centre.y() + stray.y(),
              centre.z() + stray.z(),
              blob.sigma() * (1 + 0.15 * SmoothField.bell(random)),
              strength * blob.weight() * (1 + 0.18 * SmoothField.bell(random)));
      addBlob(field, placed);
    }
  }

  private void addBlob(float[] field, Blob blob) {
    float[] alongX = profile(grid.x(), (grid.left() - blob.x()), blob.sigma());
    float[] alongY = profile(grid.y(), (grid.back() - blob.y()), blob.sigma());
    float[] alongZ = profile(grid.z(), (grid.bottom() - blob.z()), blob.sigma());
    for (int k = 0; k < grid.z(); k++) {
      for (int j = 0; j < grid.y(); j++) {
        float height = (float) blob.weight() * alongZ[k] * alongY[j];
        for (int i = 0; height != 0 && i < grid.x(); i++) {
          field[grid.index(i, j, k)] += height * alongX[i];
        }
      }
    }
  }

  /** A Gaussian sampled at {@code start + n * voxel}, cut where it no longer matters. */
  private float[] profile(int length, double start, double sigma) {
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      double distance = (start + n * grid.millimetres()) / sigma;
      if (Math.abs(distance) <= REACH_IN_SIGMAS) {
        values[n] = (float) StrictMath.exp(-distance * distance / 2);
      }
    }
    return values;
  }

  private static void standardise(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    double deviation = Math.sqrt(squares / values.length - mean * mean);
    for (int row = 0; row < values.length; row++) {
      values[row] = (float) ((values[row] - mean) / deviation);
    }
  }
}
