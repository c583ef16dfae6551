package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX Runtime, beside which results are shown, keeps records of the models that it runs in the
 * home folder and the temporary folder, unless it is told not to before it is loaded.
 */
@DisabledOnOs(OS.WINDOWS)
class FreshHomeIT {
  @TempDir private Path folder;
  private Path home;
  private Path temporary;
  private Path model;
  private Path input;

  @BeforeEach
  void writeModel() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
    model = TestModels.perceptron(folder.resolve("secret-name.onnx"), 2);
    input = folder.resolve("input.npy");
    NpyWriter.write(input, FloatTensor.takeOwnershipOf(Shape.of(1, 4), new float[] {1, 0, 3, 2}));
  }

  private JsonNode infer(String telemetryOff) {
    Map<String, String> environment =
        Map.of(
            "HOME",
            home.toString(),
            "XDG_CACHE_HOME",
            "",
            "TMPDIR",
            temporary.toString(),
            "ORT_DISABLE_TELEMETRY",
            telemetryOff);
    try (ChildProcess child =
        ChildProcess.startWith(temporary, environment, "infer", model, input, "--json")) {
      Outcome outcome = child.await();
      assertThat(outcome.err()).isEmpty();
      return outcome.json();
    }
  }

  private void assertNothingIsWritten() throws IOException {
    for (Path place : List.of(home, temporary)) {
      try (Stream<Path> left = Files.walk(place)) {
        assertThat(left).containsExactly(place);
      }
    }
  }

  @Test
  void infer_comparedWithOnnxRuntime_writesNothing() throws IOException {
    JsonNode json = infer("1");

    assertThat(json.get("comparison").asText()).isEqualTo("compared");
    assertNothingIsWritten();
  }

  @Test
  void infer_startedWithoutTheVariable_comparesNothingAndWritesNothing() throws IOException {
    JsonNode json = infer("");

    assertThat(json.get("bitExact").booleanValue()).isTrue();
    assertThat(json.get("comparison").asText()).isEqualTo("not compared");
    assertThat(json.get("comparisonReason").asText()).contains("set ORT_DISABLE_TELEMETRY=1");
    assertNothingIsWritten();
  }

  /** Of this JVM too: what its tests compare with is loaded here. */
  @Test
  void build_environmentOfTests_hasTheVariable() {
    assertThat(System.getenv("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
  }
}
