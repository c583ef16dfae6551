package io.maskwire.cli.demo;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.NiftiWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Draws the task's volumes, trains on one group of people, tests on the other, and writes
 * everything into an empty folder.
 */
final class DemoBuilder {

  private static final int CALIBRATION_VOLUMES = 16;
  private static final int SAMPLES = 6;

  private final DemoTask task;
  private final ProgressListener progress;
  private final VolumeGenerator generator;
  private final BrainSmoothing brain;

  DemoBuilder(DemoTask task, ProgressListener progress) {
    this.task = task;
    this.progress = progress;
    generator = new VolumeGenerator(task);
    brain = new BrainSmoothing(task.grid(), task.training().smoothingMillimetres());
  }

  void build(Path directory) throws IOException {
    long start = System.nanoTime();
    Perceptron perceptron = train(Files.createDirectory(directory.resolve("calibration")));
    progress.advanced("testing on people not seen before", 0.85);
    VolumeSet heldOut = draw(VolumeGenerator.Group.HELD_OUT, task.people().heldOut());
    double seconds = (System.nanoTime() - start) / 1e9;
    TrainingReport report = TrainingReport.of(perceptron, heldOut, seconds);
    if (report.accuracy() < task.minimumAccuracy()) {
      throw new IllegalStateException(
          "the demo model knows %d of %d held-out volumes, %s of them were promised"
              .formatted(report.correct(), report.volumes(), task.minimumAccuracy()));
    }
    progress.advanced("writing the model", 0.95);
    OnnxFile.write(directory.resolve("model.onnx"), perceptron, task.grid());
    Files.write(
        directory.resolve("labels.txt"),
        task.networks().stream().map(RestingStateNetwork::name).toList());
    Files.writeString(
        directory.resolve("preprocess.yaml"),
        """
        # Trained on maps whose x, y and z run to the right, the front and the top; x is fastest, as
        # the model's input [1, 1, z, y, x] has it.
        version: 1
        input: volume
        orientation: RAS
        axes: zyx
        """);
    // Which volumes are samples is fixed beforehand: one network each of as many people, right or
    // wrong.
    writeEvenly(heldOut, Math.min(SAMPLES, task.people().heldOut()), directory.resolve("sample"));
    Files.writeString(directory.resolve("training.json"), report.toJson(task));
  }

  private Perceptron train(Path calibration) throws IOException {
    progress.advanced("drawing volumes of %d people".formatted(task.people().training()), 0);
    VolumeSet volumes = draw(VolumeGenerator.Group.TRAINING, task.people().training());
    writeEvenly(volumes, CALIBRATION_VOLUMES, calibration.resolve("volume"));
    return new Trainer(task, volumes)
        .train((step, fraction) -> progress.advanced(step, 0.35 + 0.5 * fraction));
  }

  private VolumeSet draw(VolumeGenerator.Group group, int people) {
    return VolumeSet.draw(generator, group, people, task.networks().size());
  }

  /**
   * Writes volumes of people in turn and of networks all over the list, as {@code
   * prefix-01-slug.nii.gz} and so on.
   */
  private void writeEvenly(VolumeSet volumes, int count, Path prefix) throws IOException {
    int classes = task.networks().size();
    int people = volumes.size() / classes;
    for (int n = 0; n < count; n++) {
      int network = n * classes / count;
      String name =
          "%s-%02d-%s.nii.gz"
              .formatted(prefix.getFileName(), n + 1, task.networks().get(network).slug());
      float[] values = volumes.rows()[volumes.row(n % people, network)];
      write(prefix.resolveSibling(name), task.grid(), brain.spread(values));
    }
  }

  /** Writes values that lie x fastest, with the grid's place in the MNI frame. */
  private static void write(Path file, VoxelGrid grid, float[] values) throws IOException {
    float[] xOutermost = new float[values.length];
    int to = 0;
    for (int i = 0; i < grid.x(); i++) {
      for (int j = 0; j < grid.y(); j++) {
        for (int k = 0; k < grid.z(); k++) {
          xOutermost[to++] = values[grid.index(i, j, k)];
        }
      }
    }
    double edge = grid.millimetres();
    NiftiWriter.write(
        file,
        FloatTensor.takeOwnershipOf(Shape.of(grid.x(), grid.y(), grid.z()), xOutermost),
        new NiftiWriter.Grid(
            edge, edge, edge, new NiftiWriter.Origin(grid.left(), grid.back(), grid.bottom())));
  }
}
