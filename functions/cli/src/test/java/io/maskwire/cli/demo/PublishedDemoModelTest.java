package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.demo.VolumeGenerator.Group;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the full demo model; {@code -DexcludedGroups= -Dgroups=slow} runs it. */
@Tag("slow")
class PublishedDemoModelTest {

  @TempDir private Path cache;

  @Test
  void prepare_publishedTask_onnxRuntimeNamesHeldOutVolumes() throws Exception {
    DemoTask task = DemoTask.published();
    long start = System.nanoTime();
    DemoModel model =
        DemoModel.prepare(
            cache,
            (step, fraction) ->
                System.out.printf(
                    Locale.ROOT,
                    "%5.1f s %3.0f %% %s%n",
                    (System.nanoTime() - start) / 1e9,
                    100 * fraction,
                    step));

    System.out.println(Files.readString(model.report()));
    VolumeGenerator generator = new VolumeGenerator(task);
    BrainSmoothing brain = new BrainSmoothing(task.grid(), task.training().smoothingMillimetres());
    int correct = 0;
    int volumes = 0;
    try (OnnxRun run = new OnnxRun(model.onnx(), task.grid())) {
      for (int network = 0; network < task.networks().size(); network++) {
        for (int person = 0; person < 3; person++, volumes++) {
          float[] volume = brain.spread(generator.draw(Group.HELD_OUT, person, network));
          correct += Perceptron.argMax(run.logits(volume)) == network ? 1 : 0;
        }
      }
      for (Path sample : model.samples()) {
        int label = Perceptron.argMax(run.logits(NiftiReading.values(sample)));
        System.out.println(sample.getFileName() + " is " + task.networks().get(label).name());
      }
    }
    assertThat((double) correct / volumes).isGreaterThanOrEqualTo(0.95);
  }
}
