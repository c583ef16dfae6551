package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoModelTest {

  private static final ProgressListener SILENT = ProgressListener.silent();

  @TempDir private Path cache;

  @Test
  void prepare_firstRun_writesEverything() throws IOException {
    DemoModel model = DemoModel.prepare(SmallTask.create(), cache.resolve("new/cache"), SILENT);

    assertThat(Files.readAllLines(model.labels()))
        .hasSize(6)
        .startsWith("Default mode, precuneus", "Default mode, medial prefrontal");
    assertThat(model.samples())
        .extracting(path -> path.getFileName().toString())
        .hasSize(5)
        .startsWith("sample-01-default-mode-precuneus.nii.gz");
    assertThat(list(model.calibration())).hasSize(16);
    assertThat(Files.readString(model.report())).contains("\"heldOutVolumes\": 30", "\"seed\": 7");
    assertThat(model.onnx()).exists();
  }

  @Test
  void prepare_firstRun_progressRisesToOne() throws IOException {
    List<Double> fractions = new ArrayList<>();

    DemoModel.prepare(SmallTask.create(), cache, (step, fraction) -> fractions.add(fraction));

    assertThat(fractions).isSorted().startsWith(0.0).endsWith(1.0).hasSizeGreaterThan(30);
  }

  @Test
  void prepare_secondRun_usesCache() throws IOException {
    DemoModel first = DemoModel.prepare(SmallTask.create(), cache, SILENT);
    List<String> steps = new ArrayList<>();

    DemoModel second =
        DemoModel.prepare(SmallTask.create(), cache, (step, fraction) -> steps.add(step));

    assertThat(second).isEqualTo(first);
    assertThat(steps).containsExactly("demo model ready");
  }

  @Test
  void prepare_modelDeleted_buildsAgain() throws IOException {
    DemoModel first = DemoModel.prepare(SmallTask.create(), cache, SILENT);
    byte[] bytes = Files.readAllBytes(first.onnx());
    Files.delete(first.onnx());

    DemoModel second = DemoModel.prepare(SmallTask.create(), cache, SILENT);

    assertThat(second.onnx()).hasBinaryContent(bytes);
  }

  @Test
  void prepare_otherSeed_usesAnotherFolder() throws IOException {
    DemoModel first = DemoModel.prepare(SmallTask.create(), cache, SILENT);
    DemoModel second = DemoModel.prepare(SmallTask.withSeed(8), cache, SILENT);

    assertThat(second.directory()).isNotEqualTo(first.directory());
    assertThat(Files.mismatch(first.onnx(), second.onnx())).isNotEqualTo(-1);
  }

  @Test
  void prepare_smallTask_makesTheSameModelOnEveryMachine() throws IOException {
    DemoModel model = DemoModel.prepare(SmallTask.create(), cache, SILENT);

    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(model.onnx()));
    assertThat(checksum.getValue()).isEqualTo(658390152L);
  }

  @Test
  void prepare_interrupted_leavesNothing() {
    ProgressListener interrupting =
        (step, fraction) -> {
          if (step.equals("writing the model")) {
            throw new IllegalStateException("interrupted");
          }
        };

    assertThatThrownBy(() -> DemoModel.prepare(SmallTask.create(), cache, interrupting))
        .hasMessage("interrupted");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void prepare_accuracyMissed_isRefused() {
    assertThatThrownBy(() -> DemoModel.prepare(SmallTask.promising(1.01), cache, SILENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of 30 held-out volumes");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void prepare_killedLongAgo_isRemoved() throws IOException {
    Path old = Files.createDirectory(cache.resolve(".demo-building-old"));
    Files.writeString(old.resolve("model.onnx"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path young = Files.createDirectory(cache.resolve(".demo-building-young"));

    DemoModel model = DemoModel.prepare(SmallTask.create(), cache, SILENT);

    assertThat(list(cache)).containsExactlyInAnyOrder(young, model.directory());
  }

  @Test
  void prepare_twoAtOnce_shareOneFolder() throws Exception {
    CyclicBarrier bothBuild = new CyclicBarrier(2);
    ProgressListener meeting =
        (step, fraction) -> {
          if (step.equals("writing the model")) {
            await(bothBuild);
          }
        };
    try (var executor = Executors.newFixedThreadPool(2)) {
      Future<DemoModel> one =
          executor.submit(() -> DemoModel.prepare(SmallTask.create(), cache, meeting));
      Future<DemoModel> two =
          executor.submit(() -> DemoModel.prepare(SmallTask.create(), cache, meeting));

      assertThat(one.get()).isEqualTo(two.get());
    }
    assertThat(list(cache)).hasSize(1);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
