package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.NpyWriter;
import io.maskwire.tests.stack.SharedStack;
import io.maskwire.tests.stack.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The packaged functions of all three trust domains, with broker and blob store, on this machine:
 * each in a process of its own, with its own credentials.
 */
@ExtendWith(SharedStack.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StackIT {
  private static final String MODEL = "lenet";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestStack stack;

  @BeforeAll
  static void publish(TestStack shared) {
    Path model = ReferenceData.lenet();
    stack = shared;
    stack.publish(model, MODEL);
  }

  private static Outcome infer() {
    return Cli.run(
        "infer", MODEL, ReferenceData.digit(), "--gateway", stack.address().gateway(), "--json");
  }

  /** The secure result is the fixed-point program's in every bit, wherever the parties are. */
  private static JsonNode expected() {
    return Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();
  }

  @Test
  void infer_throughTheGateway_givesTheBitsOfTheSessionInOneProcess() {
    JsonNode answer = infer().json();

    assertThat(answer.get("label").asText()).isEqualTo("2");
    assertThat(answer.get("output")).isEqualTo(expected().get("output"));
    assertThat(answer.get("millis").get("total").asDouble()).isPositive();
  }

  @Test
  void infer_unknownModel_saysWhatThereIs() {
    Cli.run("infer", "other", ReferenceData.digit(), "--gateway", stack.address().gateway())
        .refused(1, "no model 'other'", MODEL);
  }

  @Test
  void infer_badFileAmongInputs_isNamedAndTheOthersRun() throws IOException {
    Path bad = Files.writeString(stack.folder().resolve("bad.png"), "no picture");
    Path bright = stack.folder().resolve("bright.npy");
    float[] values = new float[28 * 28];
    values[3] = 1000;
    NpyWriter.write(bright, FloatTensor.takeOwnershipOf(Shape.of(1, 1, 28, 28), values));

    Outcome outcome =
        Cli.run(
            "infer",
            MODEL,
            bad,
            ReferenceData.digit(),
            bright,
            "--gateway",
            stack.address().gateway(),
            "--json");

    assertThat(outcome.code()).isEqualTo(1);
    JsonNode json = outcome.jsonWhateverTheCode();
    assertThat(json.get(0).get("error").asText()).contains("bad.png");
    assertThat(json.get(1).get("label").asText()).isEqualTo("2");
    assertThat(json.get(2).get("error").asText())
        .contains("bright.npy: element 3 is 1000.0", "up to 8.0", "--input-bound 1000.0");
    assertThat(outcome.err().lines()).hasSize(2).allMatch(line -> line.startsWith("maskwire: "));
  }

  @Test
  void publish_unsupportedModel_namesTheNode() throws IOException {
    Path model = TestModels.chain(stack.folder().resolve("odd.onnx"), "Softplus");

    Cli.run("publish", model, "--name", "odd", "--data", stack.folder()).refused(3, "the_Softplus");
  }

  @Test
  void retire_publishedModel_isNotOfferedAnyMore() {
    Path folder = stack.folder();
    Outcome published =
        Cli.run("publish", ReferenceData.lenet(), "--name", "old", "--data", folder, "--json");
    String version = published.json().get("version").asText();

    JsonNode retired = Cli.run("retire", "old", "--data", folder, "--json").json();

    assertThat(retired.get("retired").get(0).asText()).isEqualTo(version);
    Cli.run("infer", "old", ReferenceData.digit(), "--gateway", stack.address().gateway())
        .refused(1, "no model 'old'");
    Cli.run("retire", "old", "--data", folder).refused(1, "no version of 'old' is published");
  }

  @Test
  void metrics_ofAllFunctions_haveWhatTheDashboardShows() throws Exception {
    infer();
    assertThat(stack.get(stack.at("gateway", "/api/sessions/" + "0".repeat(32))).statusCode())
        .as("a refusal")
        .isEqualTo(401);

    // Those of Kafka's clients are looked for once a minute.
    Set<String> needs = Dashboard.read().needs();
    TestStack.await(
        "metrics for the dashboard", () -> offered().filter(all -> all.containsAll(needs)));
  }

  private static Optional<Set<String>> offered() throws Exception {
    Set<String> offered = new TreeSet<>();
    for (String function : stack.functions()) {
      offered.addAll(Dashboard.offers(stack.get(stack.at(function, "/q/metrics")).body()));
    }
    return Optional.of(offered);
  }

  @Test
  void logs_ofAllFunctions_areJsonLinesWithTheSession() throws Exception {
    infer();
    Path logs = stack.folder().resolve("logs");

    for (String function : List.of("compiler", "dealer", "gateway", "party0", "party1")) {
      List<String> lines =
          Files.readAllLines(logs.resolve(function + ".log")).stream()
              .filter(line -> !line.startsWith("WARNING: ") && !line.startsWith("OpenJDK "))
              .toList();
      assertThat(lines).as(function).isNotEmpty().allSatisfy(line -> JSON.readTree(line));
    }
    assertThat(Files.readString(logs.resolve("dealer.log")))
        .containsPattern("\"session\":\"[0-9a-f]{32}\"");
  }
}
