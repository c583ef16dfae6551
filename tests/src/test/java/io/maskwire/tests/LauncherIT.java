package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.NpyWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a copy of the checkout that has been built: the sources' times say that nothing
 * has changed since.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherIT {
  @TempDir private Path folder;
  private Path launcher;
  private Path built;

  @BeforeEach
  void copyCheckout() throws IOException {
    Path root = Repository.root();
    Path copy = folder.resolve("check out");
    for (String file : new String[] {"maskwire", "pom.xml"}) {
      Files.createDirectories(copy);
      Files.copy(root.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path target = Files.createDirectories(copy.resolve("functions/cli/target"));
    DirectSetup.copy(root.resolve("functions/cli/target/lib"), target.resolve("lib"));
    Files.copy(root.resolve("functions/cli/target/cli.jar"), target.resolve("cli.jar"));
    Files.createDirectories(copy.resolve("functions/cli/src/main"));
    Files.createDirectories(copy.resolve("shared-crypto/src/main"));
    built = Files.createFile(target.resolve(".built"));
    // A build would fail loudly: the copy has no sources and no Maven wrapper.
    launcher = copy.resolve("maskwire");
  }

  private Outcome run(Path command, String... arguments) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    String[] words = new String[arguments.length + 1];
    words[0] = command.toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void launcher_fromAnotherFolder_runsWithoutBuilding() throws Exception {
    var before = Files.getLastModifiedTime(built);

    Outcome outcome = run(launcher, "--version");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("maskwire ");
    assertThat(outcome.err()).isEmpty();
    assertThat(Files.getLastModifiedTime(built)).isEqualTo(before);
  }

  @Test
  void launcher_throughASymbolicLink_runsWithoutBuilding() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("mw"), launcher);
    var before = Files.getLastModifiedTime(built);

    Outcome outcome = run(link, "--version");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("maskwire ");
    assertThat(Files.getLastModifiedTime(built)).isEqualTo(before);
  }

  @Test
  void launcher_sourceChanged_buildsFirstAndSaysWhereTheLogIsIfThatFails() throws Exception {
    Path source = folder.resolve("check out/functions/cli/src/main/New.java");
    Files.createFile(source);
    Files.setLastModifiedTime(
        source, FileTime.from(Files.getLastModifiedTime(built).toInstant().plusSeconds(1)));

    Outcome outcome = run(launcher, "--version");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("building", "build.log");
    assertThat(folder.resolve("check out/functions/cli/target/build.log")).exists();
  }

  @Test
  void launcher_exitCodeAndArguments_passThrough() throws Exception {
    Outcome outcome = run(launcher, "inspect", "no such model.onnx");

    outcome.refused(1, "no such model.onnx");
  }

  @Test
  void launcher_environmentWithoutTheVariable_turnsTelemetryOff() throws Exception {
    Path model = TestModels.chain(folder.resolve("model.onnx"), "Relu");
    Path input = folder.resolve("input.npy");
    NpyWriter.write(input, FloatTensor.takeOwnershipOf(Shape.of(1, 4), new float[] {1, 0, 3, 2}));

    Outcome outcome = run(launcher, "infer", model.toString(), input.toString(), "--json");

    assertThat(outcome.json().get("comparison").asText()).isEqualTo("compared");
  }
}
