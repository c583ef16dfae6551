package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {

  @TempDir private Path directory;

  @Test
  void write_trainedModel_onnxRuntimeGivesTheSameLogits() throws Exception {
    DemoTask task = SmallTask.create();
    VolumeGenerator generator = new VolumeGenerator(task);
    Perceptron perceptron =
        new Trainer(task, VolumeSet.draw(generator, VolumeGenerator.Group.TRAINING, 16, 6))
            .train(ProgressListener.silent());
    VolumeSet heldOut = VolumeSet.draw(generator, VolumeGenerator.Group.HELD_OUT, 5, 6);
    BrainSmoothing brain = new BrainSmoothing(task.grid(), 6);
    Path file = directory.resolve("model.onnx");

    OnnxFile.write(file, perceptron, task.grid());

    float[][] expected = perceptron.logits(heldOut.rows());
    try (OnnxRun run = new OnnxRun(file, task.grid())) {
      for (int row = 0; row < heldOut.size(); row++) {
        float[] logits = run.logits(brain.spread(heldOut.rows()[row]));
        assertThat(logits).containsExactly(expected[row], within(1e-4f));
        assertThat(Perceptron.argMax(logits)).isEqualTo(Perceptron.argMax(expected[row]));
      }
    }
  }

  @Test
  void prepare_samples_areNamedAfterTheNetworkTheModelSees() throws Exception {
    DemoTask task = SmallTask.create();
    DemoModel model = DemoModel.prepare(task, directory, ProgressListener.silent());
    int correct = 0;

    try (OnnxRun run = new OnnxRun(model.onnx(), task.grid())) {
      for (Path sample : model.samples()) {
        int label = Perceptron.argMax(run.logits(NiftiReading.values(sample)));
        String slug = task.networks().get(label).slug();
        correct += sample.getFileName().toString().contains(slug) ? 1 : 0;
      }
    }

    // Samples are not picked by the model's success: one of these five it gets wrong.
    assertThat(model.samples()).hasSize(5);
    assertThat(correct).isEqualTo(4);
  }
}
