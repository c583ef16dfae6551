package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes on the command line. */
class UsageIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frobnicate",
        "infer",
        "infer model.onnx",
        "infer model.onnx image.png --frobnicate",
        "compile model.onnx",
        "compile model.onnx -o out --reveal nobody",
        "compile model.onnx -o out --scale many",
        "compile model.onnx -o out --scale 99",
        "compile model.onnx -o out --width 3",
        "compile model.onnx -o out --input-bound -1",
        "accuracy model.onnx",
        "check",
        "deal out",
        "deal out -n 0 -o keys",
        "bench --millis 0",
        "party --role 0",
        "party --role 2 --model m --keys k --listen a:1 --certificate c --private-key p --ca a",
        "party --role 1 --model m --keys k --listen a:1 --certificate c --private-key p --ca a",
        "party --role 0 --model m --keys k --listen a:1 --certificate c --private-key p --ca a"
            + " --input i",
        "party --role 0 --model m --keys k --listen a --certificate c --private-key p --ca a",
        "party --role 0 --model m --keys k --listen a:1 --connect b:1 --certificate c"
            + " --private-key p --ca a",
        "party --role 0 --model m --keys k --listen a:1 --certificate c --private-key p --ca a"
            + " --session xyz",
      })
  void run_wrongUsage_exitsWithTwoAndShowsUsage(String line) throws IOException {
    Path model = TestModels.chain(folder.resolve("model.onnx"), "Relu");
    String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);

    Outcome outcome =
        Cli.run(
            (Object[])
                Arrays.stream(words)
                    .map(word -> word.equals("model.onnx") ? model.toString() : word)
                    .toArray(String[]::new));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage: maskwire").doesNotContain("Exception");
    assertThat(outcome.out()).isEmpty();
    assertThat(folder.toFile().list()).containsExactly("model.onnx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "infer MISSING image.png",
        "infer model.onnx MISSING",
        "infer model.onnx image.png --labels MISSING",
        "infer model.onnx image.png --calibrate MISSING",
        "compile MISSING -o out",
        "inspect MISSING",
        "accuracy model.onnx --inputs MISSING",
        "check MISSING",
        "deal MISSING -o keys",
        "party --role 0 --model MISSING --keys k --listen localhost:0 --certificate c"
            + " --private-key p --ca a",
      })
  void run_missingFile_exitsWithOneAndNamesIt(String line) throws IOException {
    TestModels.chain(folder.resolve("model.onnx"), "Relu");
    Files.writeString(folder.resolve("image.png"), "never read");
    Object[] words =
        Arrays.stream(line.split(" ", -1))
            .map(
                word ->
                    switch (word) {
                      case "MISSING" -> folder.resolve("not-there");
                      case "model.onnx", "image.png", "out", "keys" -> folder.resolve(word);
                      default -> word;
                    })
            .toArray();

    Cli.run(words).refused(1, "not-there");

    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("model.onnx", "image.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void run_help_goesToTheStandardOutput(String option) {
    Outcome outcome = Cli.run(option);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("maskwire");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void infer_emptyFolderOfInputs_saysWhatIsSupported() throws IOException {
    Path model = TestModels.chain(folder.resolve("model.onnx"), "Relu");

    Cli.run("infer", model, Files.createDirectory(folder.resolve("none"))).refused(1, ".png");
  }

  @Test
  void infer_folderThatIsNoModel_saysHowToMakeOne() throws IOException {
    Path image = Files.writeString(folder.resolve("image.png"), "never read");

    Cli.run("infer", folder, image).refused(1, "maskwire compile");
    Cli.run("inspect", folder, "--json").refused(1, "maskwire compile");
  }

  @Test
  void process_failure_hasTheExitCodeAndNoStackTrace() {
    try (ChildProcess child = ChildProcess.start("infer", folder.resolve("a.onnx"), "b.png")) {
      child.await().refused(1, "a.onnx");
    }
    try (ChildProcess child = ChildProcess.start("infer")) {
      assertThat(child.await().code()).isEqualTo(2);
    }
  }
}
