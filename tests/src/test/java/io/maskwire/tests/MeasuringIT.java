package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code maskwire check}, {@code accuracy} and {@code bench}. */
class MeasuringIT {
  private static final double TOLERANCE = 0x1p-8;

  @TempDir private Path folder;

  @Test
  void check_backendCases_noneFailsAndLayersPass() throws IOException {
    Path cases = ReferenceData.path("onnx-backend/pytorch-converted");

    JsonNode json = Cli.run("check", cases, "--json").json();

    assertThat(json.get("failed").intValue()).isZero();
    assertThat(json.get("passed").intValue()).isGreaterThanOrEqualTo(39);
    List<String> required = new ArrayList<>();
    for (JsonNode each : json.get("cases")) {
      String name = each.get("name").asText();
      if (name.matches("test_(Conv|Linear|ReLU|LeakyReLU|MaxPool|AvgPool|BatchNorm).*")) {
        required.add(name);
        assertThat(each.get("status").asText()).as(name).isEqualTo("passed");
      }
      if (each.get("status").asText().equals("passed")) {
        assertThat(each.get("bitExact").booleanValue()).as(name).isTrue();
        assertThat(each.get("maxAbsError").isNumber()).as(name).isTrue();
        assertThat(each.get("maxAbsError").doubleValue()).as(name).isBetween(0.0, TOLERANCE);
      } else {
        assertThat(each.get("message").asText()).as(name).contains("unsupported nodes");
      }
    }
    assertThat(required).hasSizeGreaterThanOrEqualTo(25);
    try (var folders = Files.list(cases)) {
      assertThat(json.get("cases")).hasSize((int) folders.count());
    }
  }

  @Test
  void check_wrongExpectation_failsTheCase() throws IOException {
    Path original = ReferenceData.path("onnx-backend/pytorch-converted/test_Linear");
    Path data = Files.createDirectories(folder.resolve("test_wrong/test_data_set_0"));
    Files.copy(original.resolve("model.onnx"), folder.resolve("test_wrong/model.onnx"));
    Files.copy(original.resolve("test_data_set_0/input_0.pb"), data.resolve("input_0.pb"));
    byte[] expected = Files.readAllBytes(original.resolve("test_data_set_0/output_0.pb"));
    expected[expected.length - 1] ^= 0x40; // the sign and exponent of the last float
    Files.write(data.resolve("output_0.pb"), expected);

    Outcome outcome = Cli.run("check", folder, "--json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.jsonWhateverTheCode().get("failed").intValue()).isEqualTo(1);
  }

  @Test
  void check_damagedCases_failAndTheOthersRun() throws IOException {
    Path original = ReferenceData.path("onnx-backend/pytorch-converted/test_Linear");
    for (String name : new String[] {"test_1_model", "test_2_input", "test_3_none", "test_4"}) {
      DirectSetup.copy(original, folder.resolve(name));
    }
    cut(folder.resolve("test_1_model/model.onnx"));
    cut(folder.resolve("test_2_input/test_data_set_0/input_0.pb"));
    Files.delete(folder.resolve("test_3_none/test_data_set_0/output_0.pb"));

    Outcome outcome = Cli.run("check", folder, "--json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.jsonWhateverTheCode().get("cases"))
        .extracting(each -> each.get("name").asText() + " " + each.get("status").asText())
        .containsExactly(
            "test_1_model failed", "test_2_input failed", "test_3_none failed", "test_4 passed");
  }

  private static void cut(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void accuracy_cifarImages_agreesWithFloats() {
    Path data = ReferenceData.path("hinet-cifar10");

    JsonNode json =
        Cli.run("accuracy", data.resolve("cnn3_cifar.onnx"), "--inputs", data, "--json").json();

    assertThat(json.get("inputs").intValue()).isEqualTo(3);
    assertThat(json.get("labelAgreement").intValue()).isEqualTo(3);
    assertThat(json.get("bitExact").intValue()).isEqualTo(3);
    assertThat(json.get("maxAbsError").doubleValue()).isBetween(0.0, 0x1p-7);
    assertThat(json.get("meanAbsError").doubleValue())
        .isBetween(0.0, json.get("maxAbsError").doubleValue());
    assertThat(json.get("compared").intValue()).isEqualTo(3);
    assertThat(json.get("refused").intValue()).isZero();
    assertThat(json.get("cases")).hasSize(3);
  }

  @Test
  void accuracy_compiledFolder_isRefused() {
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", folder.resolve("out")).code())
        .isZero();

    Cli.run("accuracy", folder.resolve("out"), "--inputs", ReferenceData.digit())
        .refused(1, "only an ONNX file");
  }

  @Test
  void bench_shortRuns_hasAllFields() {
    JsonNode json = Cli.run("bench", "--json", "--millis", 20).json();

    for (String field :
        List.of("aesBlocksPerSecond", "multiplyAddsPerSecond", "copyBytesPerSecond")) {
      assertThat(json.at("/machine/" + field).longValue()).as(field).isPositive();
    }
    for (String gate :
        List.of(
            "reluTruncate",
            "truncate",
            "relu",
            "select",
            "multiply",
            "localTruncate",
            "tableLookup")) {
      JsonNode rates = json.get("gates").get(gate);
      for (String field :
          List.of("valueWidth", "outputWidth", "generatePerSecond", "evaluatePerSecond")) {
        assertThat(rates.get(field).longValue()).as(gate + " " + field).isPositive();
      }
      assertThat(rates.get("shift").isIntegralNumber()).isTrue();
      assertThat(rates.get("keyBytesCommon").doubleValue()).isPositive();
      assertThat(rates.get("keyBytesParty1").doubleValue()).isPositive();
    }
    JsonNode fmri = json.at("/models/fmri");
    for (String field : List.of("dealMillis", "offlineMillis", "onlineMillis")) {
      assertThat(fmri.get(field).doubleValue()).as(field).isPositive();
    }
    assertThat(fmri.get("keyBytes").longValue()).isPositive();
    assertThat(fmri.get("rounds").intValue()).isPositive();
  }
}
