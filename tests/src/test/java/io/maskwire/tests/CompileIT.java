package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code maskwire compile} and {@code maskwire inspect}: what is written, shown and refused. */
class CompileIT {
  @TempDir private Path folder;

  @Test
  void compile_lenet_writesTheFolderAndNothingElse() throws IOException {
    Path parent = folder.resolve("deeper");
    Path out = parent.resolve("out");

    JsonNode json = Cli.run("compile", ReferenceData.lenet(), "-o", out, "--json").json();

    assertThat(json.get("rounds").intValue()).isPositive();
    assertThat(entries(parent)).containsExactly("out");
    assertThat(entries(out))
        .containsExactlyInAnyOrder(
            "manifest.json", "program.bin", "program.txt", "stripped.onnx", "weights.bin");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(out.resolve("weights.bin"))))
        .isEqualTo("rw-------");
    assertThat(Files.size(out.resolve("stripped.onnx"))).isLessThan(10_000);
  }

  @Test
  void compile_declaredPreprocessing_travelsWithTheFolder() throws IOException {
    Path model = Files.copy(ReferenceData.lenet(), folder.resolve("digits.onnx"));
    Files.writeString(
        folder.resolve("digits.preprocess.yaml"),
        "version: 1\ninput: image\nchannels: gray\nmean: 0.5\n");
    Path out = folder.resolve("out");
    assertThat(Cli.run("compile", model, "-o", out).code()).isZero();

    JsonNode fromFolder = Cli.run("infer", out, ReferenceData.digit(), "--json").json();
    JsonNode fromModel = Cli.run("infer", model, ReferenceData.digit(), "--json").json();
    JsonNode undeclared =
        Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();

    assertThat(fromFolder.get("output")).isEqualTo(fromModel.get("output"));
    assertThat(fromFolder.get("output")).isNotEqualTo(undeclared.get("output"));
  }

  @Test
  void compile_twice_replacesItsOwnFolderByAVersionOfItsOwn() throws IOException {
    Path out = folder.resolve("out");
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out).code()).isZero();
    byte[] first = Files.readAllBytes(out.resolve("program.bin"));
    JsonNode costs = Cli.run("inspect", out, "--json").json();

    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out).code()).isZero();

    // Equal programs would share masks, and weights that differ must never meet one mask.
    assertThat(Files.readAllBytes(out.resolve("program.bin"))).isNotEqualTo(first);
    assertThat(Cli.run("inspect", out, "--json").json()).isEqualTo(costs);
    assertThat(entries(folder)).containsExactly("out");
  }

  @Test
  void compile_intoAFolderOfSomethingElse_leavesItAlone() throws IOException {
    Path out = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(out.resolve("holiday.jpg"), "precious");

    Cli.run("compile", ReferenceData.lenet(), "-o", out).refused(1, "no compiled model");

    assertThat(entries(folder)).containsExactly("photos");
    assertThat(out.resolve("holiday.jpg")).hasContent("precious");
    assertThat(entries(out)).containsExactly("holiday.jpg");
  }

  @Test
  void compile_ontoAFile_leavesItAlone() throws IOException {
    Path out = Files.writeString(folder.resolve("thesis.txt"), "precious");

    Cli.run("compile", ReferenceData.lenet(), "-o", out).refused(1, "no compiled model");

    assertThat(out).hasContent("precious");
  }

  @Test
  void compile_unsupportedModel_namesEveryNodeAndWritesNothing() throws IOException {
    Path model = unsupported();
    Path out = folder.resolve("made/out");

    Cli.run("compile", model, "-o", out)
        .refused(3, "'the_Selu'", "'the_Erf'", "'the_Softplus'", "3 unsupported nodes");

    assertThat(entries(folder)).containsExactly("model.onnx");
  }

  private Path unsupported() throws IOException {
    return TestModels.chain(folder.resolve("model.onnx"), "Selu", "Relu", "Erf", "Neg", "Softplus");
  }

  @Test
  void compile_unsupportedModelOntoAnOldFolder_keepsTheOldOne() throws IOException {
    Path out = folder.resolve("out");
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out).code()).isZero();
    byte[] program = Files.readAllBytes(out.resolve("program.bin"));

    Cli.run("compile", unsupported(), "-o", out).refused(3, "the_Selu");

    assertThat(Files.readAllBytes(out.resolve("program.bin"))).isEqualTo(program);
    assertThat(entries(folder)).containsExactlyInAnyOrder("model.onnx", "out");
  }

  @Test
  void infer_unsupportedModel_exitsWithThree() throws IOException {
    Cli.run("infer", unsupported(), ReferenceData.digit(), "--json")
        .refused(3, "'the_Selu'", "'the_Erf'", "'the_Softplus'");
  }

  @Test
  void inspect_unsupportedModel_listsEveryNodeAsJson() throws IOException {
    Outcome outcome = Cli.run("inspect", unsupported(), "--json");

    assertThat(outcome.code()).isEqualTo(3);
    JsonNode json = outcome.jsonWhateverTheCode();
    assertThat(json.get("unsupported"))
        .extracting(node -> node.get("name").asText())
        .containsExactly("the_Selu", "the_Erf", "the_Softplus");
    assertThat(json.get("unsupported")).allMatch(node -> !node.get("hint").asText().isBlank());
    assertThat(json.get("operators").get("Selu").intValue()).isEqualTo(1);
    assertThat(json.get("rounds").isNull()).isTrue();
    assertThat(json.get("keyBytes").isNull()).isTrue();
    assertThat(Cli.run("inspect", model()).out()).contains("the_Selu", "the_Erf", "the_Softplus");
  }

  private Path model() {
    return folder.resolve("model.onnx");
  }

  @Test
  void inspect_lastSoftmax_dependsOnWhoSeesTheResult() throws IOException {
    Path model = TestModels.chain(model(), "Relu", "Softmax");

    assertThat(Cli.run("inspect", model, "--json").json().get("unsupported")).isEmpty();
    Outcome outcome = Cli.run("inspect", model, "--reveal", "both", "--json");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.jsonWhateverTheCode().get("unsupported"))
        .extracting(node -> node.get("name").asText())
        .containsExactly("the_Softmax");
  }

  @Test
  void inspect_modelAndFolder_agreeWithTheRun() {
    Path out = folder.resolve("out");
    JsonNode run = Cli.run("infer", ReferenceData.lenet(), ReferenceData.digit(), "--json").json();
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out).code()).isZero();

    JsonNode ofModel = Cli.run("inspect", ReferenceData.lenet(), "--json").json();
    JsonNode ofFolder = Cli.run("inspect", out, "--json").json();

    for (JsonNode json : List.of(ofModel, ofFolder)) {
      assertThat(json.get("rounds")).isEqualTo(run.get("rounds"));
      assertThat(json.get("keyBytes")).isEqualTo(run.get("keyBytes"));
      assertThat(json.get("operators").get("Conv").intValue()).isEqualTo(2);
      assertThat(json.get("operators").get("Relu").intValue()).isPositive();
      assertThat(json.get("unsupported").isArray()).isTrue();
      assertThat(json.get("unsupported")).isEmpty();
    }
    assertThat(Cli.run("inspect", out).out()).contains("rounds between the parties", "Conv");
  }

  @Test
  void inspect_folderWithoutWeights_works() throws IOException {
    Path out = folder.resolve("out");
    assertThat(Cli.run("compile", ReferenceData.lenet(), "-o", out).code()).isZero();
    JsonNode whole = Cli.run("inspect", out, "--json").json();
    Files.delete(out.resolve("weights.bin"));

    assertThat(Cli.run("inspect", out, "--json").json()).isEqualTo(whole);
  }

  static Stream<byte[]> damagedModels() throws IOException {
    byte[] whole = Files.readAllBytes(ReferenceData.lenet());
    Stream<byte[]> cut =
        IntStream.of(0, 1, 2, 3, 17, 100, 1000, whole.length / 2, whole.length - 1)
            .mapToObj(length -> Arrays.copyOf(whole, length));
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    byte[] zeroed = whole.clone();
    Arrays.fill(zeroed, whole.length - 400, whole.length, (byte) 0);
    return Stream.concat(
        cut, Stream.of(noise, zeroed, "<html>404</html>".getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @MethodSource("damagedModels")
  void compile_damagedModel_isRefusedAndWritesNothing(byte[] bytes) throws IOException {
    Path model = Files.write(model(), bytes);

    Cli.run("compile", model, "-o", folder.resolve("out")).refused(1, "model");
    Cli.run("inspect", model, "--json").refused(1, "model");

    assertThat(entries(folder)).containsExactly("model.onnx");
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
