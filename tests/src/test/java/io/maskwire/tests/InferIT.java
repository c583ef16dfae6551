package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code maskwire infer}, results beside ONNX Runtime's. */
class InferIT {
  private static final double TOLERANCE = 0x1p-7;
  private static final String UNDECLARED =
      "; the model declares no orientation (`orientation: RAS` in preprocess.yaml): left and right"
          + " may be exchanged";

  @TempDir private Path folder;

  @Test
  void infer_lenetOnDigit_findsTwo() {
    JsonNode json = Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();

    assertThat(json.get("label").isTextual()).isTrue();
    assertThat(json.get("label").asText()).isEqualTo("2");
    assertThat(json.get("bitExact").booleanValue()).isTrue();
    assertThat(json.get("maxAbsError").isNumber()).isTrue();
    assertThat(json.get("maxAbsError").doubleValue()).isBetween(0.0, TOLERANCE);
    assertThat(json.get("output").size()).isEqualTo(10);
    assertThat(json.get("output")).allMatch(JsonNode::isNumber);
    assertThat(json.get("rounds").intValue()).isPositive();
    assertPositiveIntegers(json.get("keyBytes"), "common", "party0", "party1");
    assertPositiveIntegers(json.get("onlineBytes"), "input", "openings");
    assertThat(names(json.get("millis"))).isEqualTo(Set.of("compile", "deal", "offline", "online"));
    assertThat(json.get("millis")).allMatch(JsonNode::isNumber);
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static void assertPositiveIntegers(JsonNode object, String... expected) {
    assertThat(names(object)).isEqualTo(Set.of(expected));
    assertThat(object).allMatch(each -> each.isIntegralNumber() && each.longValue() > 0);
  }

  @Test
  void infer_text_saysLabelExactnessAndCosts() {
    Outcome outcome = Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("2.jpg: 2")
        .contains("all bits", "rounds between the parties", "keys: common");
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void infer_volumesWithoutDeclaredOrientation_areWarnedOfOnceForEachOrder() {
    Path volumes = ReferenceData.path("../cases/volumes");
    Path model = volumes.resolve("m.onnx");
    Path ras = volumes.resolve("ras.nii");
    Path las = volumes.resolve("las.nii");

    Outcome text = Cli.run("infer", model, ras, las, ras, "--input-bound", "70000");
    JsonNode json = Cli.run("infer", model, las, "--input-bound", "70000", "--json").json();

    assertThat(text.err().lines())
        .containsExactly(
            "maskwire: warning: " + ras + " is in order RAS" + UNDECLARED,
            "maskwire: warning: " + las + " is in order LAS" + UNDECLARED);
    assertThat(json.get("warnings")).hasSize(1);
    assertThat(json.get("warnings").get(0).asText())
        .isEqualTo(las + " is in order LAS" + UNDECLARED);
  }

  @Test
  void infer_declaredOrientation_givesOneResultForBothOrders() throws IOException {
    Path volumes = ReferenceData.path("../cases/volumes");
    Path model = Files.copy(volumes.resolve("m.onnx"), folder.resolve("m.onnx"));
    Files.writeString(
        folder.resolve("preprocess.yaml"), "version: 1\ninput: volume\norientation: RAS\n");

    Outcome outcome =
        Cli.run(
            "infer",
            model,
            volumes.resolve("ras.nii"),
            volumes.resolve("las.nii"),
            "--input-bound",
            "70000",
            "--json");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.json().get(1).get("output")).isEqualTo(outcome.json().get(0).get("output"));
    assertThat(outcome.json()).allMatch(each -> each.get("warnings").isEmpty());
  }

  @Test
  void infer_cifarImages_haveTheLabelsOfOnnxRuntime() {
    Path data = ReferenceData.path("hinet-cifar10");
    Path model = data.resolve("cnn3_cifar.onnx");

    JsonNode json =
        Cli.run(
                "infer",
                model,
                data.resolve("image_0.png"),
                data.resolve("image_1.png"),
                data.resolve("image_2.png"),
                "--json")
            .json();

    assertThat(json.isArray()).isTrue();
    assertThat(json)
        .extracting(each -> each.get("input").asText())
        .containsExactly("image_0.png", "image_1.png", "image_2.png");
    for (JsonNode each : json) {
      assertThat(each.get("bitExact").booleanValue()).isTrue();
      assertThat(each.get("agreesWithFloat").booleanValue()).isTrue();
      assertThat(each.get("maxAbsError").doubleValue()).isLessThan(TOLERANCE);
    }
  }

  @Test
  void infer_cifarTensors_areCloseToOnnxRuntimeRunApart() throws IOException {
    Path data = ReferenceData.path("hinet-cifar10");
    Path model = data.resolve("cnn3_cifar.onnx");
    for (int i = 0; i < 3; i++) {
      FloatTensor pixels = FloatReference.sample(data.resolve("image_" + i + ".png"), 32);
      Path input = folder.resolve("image_" + i + ".npy");
      NpyWriter.write(input, pixels);
      float[] expected = FloatReference.run(model, pixels);

      JsonNode json = Cli.run("infer", model, input, "--json").json();

      assertThat(json.get("label").asText()).isEqualTo(Integer.toString(largest(expected)));
      assertThat(json.get("output")).hasSize(expected.length);
      for (int k = 0; k < expected.length; k++) {
        assertThat(json.get("output").get(k).floatValue())
            .isCloseTo(expected[k], within((float) TOLERANCE));
      }
    }
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  @Test
  void infer_twoRuns_giveTheSameBits() {
    JsonNode first =
        Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();
    JsonNode second =
        Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();

    assertThat(first.get("output")).isEqualTo(second.get("output"));
  }

  @Test
  void infer_labelsFile_namesTheClass() throws IOException {
    Path labels = folder.resolve("labels.txt");
    Files.write(labels, List.of("zero", "one", "zwei – два"));

    JsonNode json =
        Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--labels", labels, "--json")
            .json();

    assertThat(json.get("label").asText()).isEqualTo("zwei – два");
  }

  @Test
  void infer_labelsOfAnotherModel_areNamedInAWarning() throws IOException {
    Path labels = Files.write(folder.resolve("labels.txt"), List.of("cat", "dog"));

    Outcome outcome =
        Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--labels", labels);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).contains("the labels name 2 classes, the model has 10");
  }

  @Test
  void infer_labelsThatAreNoText_areRefused() throws IOException {
    Path labels = Files.write(folder.resolve("labels.bin"), new byte[] {(byte) 0xff, 0, 10});

    Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--labels", labels)
        .refused(1, "labels.bin", "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "both"})
  void infer_modelEndingInArgMax_labelIsTheIndexItself(String reveal) throws IOException {
    Path model = TestModels.chain(folder.resolve("model.onnx"), "Relu", "Transpose", "ArgMax");
    Path input = folder.resolve("third.npy");
    NpyWriter.write(input, FloatTensor.takeOwnershipOf(Shape.of(1, 4), new float[] {1, 0, 3, 2}));
    Path labels = Files.write(folder.resolve("labels.txt"), List.of("a", "b", "c", "d"));

    JsonNode json =
        Cli.run("infer", model, input, "--labels", labels, "--reveal", reveal, "--json").json();

    assertThat(json.get("label").asText()).isEqualTo("c");
    assertThat(json.get("output").get(0).intValue()).isEqualTo(2);
    assertThat(json.get("agreesWithFloat").booleanValue()).isTrue();
  }

  @Test
  void infer_compiledFolder_givesTheSameBitsAsItsModel() {
    Path out = folder.resolve("out");
    JsonNode fromModel =
        Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out).code()).isZero();

    JsonNode fromFolder = Cli.run("infer", out, ReferenceData.digit(), "--json").json();

    assertThat(fromFolder.get("output")).isEqualTo(fromModel.get("output"));
    assertThat(fromFolder.get("rounds")).isEqualTo(fromModel.get("rounds"));
    assertThat(fromFolder.get("keyBytes")).isEqualTo(fromModel.get("keyBytes"));
    assertThat(fromFolder.get("maxAbsError").isNull()).isTrue();
  }

  @Test
  void infer_modelRevealedToTheOwner_isRefused() {
    Path out = folder.resolve("out");
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out, "--reveal", "owner").code())
        .isZero();

    Cli.run("infer", out, ReferenceData.digit(), "--json").refused(4, "to the owner only");
    Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--reveal", "owner")
        .refused(4, "to the owner only");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 27, 27, '[1, 1, 27, 27], the model takes [1, 1, 28, 28]'",
    "1, 3, 28, 28, '[1, 3, 28, 28], the model takes [1, 1, 28, 28]'",
  })
  void infer_tensorOfAnotherShape_isRefused(
      int batch, int channels, int height, int width, String word) throws IOException {
    Path input = write("small.npy", Shape.of(batch, channels, height, width), 0.5f);

    Cli.run("infer", ReferenceData.lenet(), input).refused(1, word, "small.npy");
  }

  @Test
  void infer_valueOutOfRange_isRefusedNamingIt() throws IOException {
    Path input = write("bright.npy", Shape.of(1, 1, 28, 28), 1000f);

    Cli.run("infer", ReferenceData.lenet(), input)
        .refused(
            1, "bright.npy", "element 783 is 1000.0", "magnitudes up to 8", "--input-bound 1000");
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void infer_valueNotFinite_isRefused(float value) throws IOException {
    Path input = write("holes.npy", Shape.of(1, 1, 28, 28), value);

    Cli.run("infer", ReferenceData.lenet(), input).refused(1, "holes.npy");
  }

  /** Zeros with {@code last} at the end. */
  private Path write(String name, Shape shape, float last) throws IOException {
    float[] values = new float[shape.elements()];
    values[values.length - 1] = last;
    Path file = folder.resolve(name);
    NpyWriter.write(file, FloatTensor.takeOwnershipOf(shape, values));
    return file;
  }

  @Test
  void infer_secondInputBad_isNamedAndTheFirstHasItsResult() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");

    Outcome outcome = Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), bad, "--json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("maskwire: " + bad);
    assertThat(outcome.jsonWhateverTheCode().get(0).get("label").asText()).isEqualTo("2");
    assertThat(outcome.jsonWhateverTheCode().get(1).get("error").asText()).contains("bad.png");
  }

  /** Many inputs through one process, whose texts come one by one. */
  @Test
  void infer_manyInputs_allHaveTheirResult() {
    Object[] words = new Object[62];
    Arrays.fill(words, ReferenceData.digit());
    words[0] = "infer";
    words[1] = ReferenceData.lenet();
    try (ChildProcess infer = ChildProcess.startIn(folder, words)) {
      Outcome outcome = infer.await();

      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out().lines().filter("2.jpg: 2"::equals)).hasSize(60);
    }
  }

  @Test
  void infer_anyRun_leavesNoKeysBehind() throws IOException {
    List<Path> before = sessions();
    assertThat(Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit()).code()).isZero();

    assertThat(sessions()).isEqualTo(before);
  }

  /** Fifty inputs, so that it cannot be over before the signal comes. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void infer_toldToEndInMidSession_leavesNoKeysBehind() throws Exception {
    Object[] words = new Object[52];
    Arrays.fill(words, ReferenceData.digit());
    words[0] = "infer";
    words[1] = ReferenceData.lenet();
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      try (ChildProcess infer = ChildProcess.startIn(folder, words)) {
        boolean begun = false;
        while (!begun) {
          WatchKey created = watch.poll(60, TimeUnit.SECONDS);
          assertThat(created).as("a session's folder").isNotNull();
          begun =
              created.pollEvents().stream()
                  .anyMatch(event -> event.context().toString().startsWith("maskwire-session-"));
          created.reset();
        }

        assertThat(infer.terminate()).isEqualTo(128 + 15);
      }
    }
    try (var left = Files.list(folder)) {
      assertThat(left.filter(each -> each.getFileName().toString().startsWith("maskwire-")))
          .isEmpty();
    }
  }

  private static List<Path> sessions() throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries =
        Files.newDirectoryStream(
            Path.of(System.getProperty("java.io.tmpdir")), "maskwire-session-*")) {
      entries.forEach(found::add);
    }
    return found;
  }
}
