package io.maskwire.cli.demo;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Labelled maps of one group of people, only the voxels in the brain: row {@code person * networks
 * + network}.
 */
final class VolumeSet {

  private final float[][] rows;
  private final int classes;

  private VolumeSet(float[][] rows, int classes) {
    this.rows = rows;
    this.classes = classes;
  }

  static VolumeSet draw(
      VolumeGenerator generator, VolumeGenerator.Group group, int people, int classes) {
    float[][] rows = new float[people * classes][];
    IntStream.range(0, people)
        .parallel()
        .forEach(
            person -> {
              for (int network = 0; network < classes; network++) {
                rows[person * classes + network] = generator.draw(group, person, network);
              }
            });
    return new VolumeSet(rows, classes);
  }

  /** The same people's volumes, each transformed. */
  VolumeSet map(UnaryOperator<float[]> transformation) {
    float[][] mapped = new float[rows.length][];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(row -> mapped[row] = transformation.apply(rows[row]));
    return new VolumeSet(mapped, classes);
  }

  int size() {
    return rows.length;
  }

  int label(int row) {
    return row % classes;
  }

  int row(int person, int network) {
    return person * classes + network;
  }

  /** The volumes themselves, not a copy: hundreds of megabytes that nobody changes. */
  float[][] rows() {
    return rows;
  }
}
