package io.maskwire.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.Main;
import io.maskwire.cli.check.GraphFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code maskwire infer} and {@code accuracy} say where a file or ONNX Runtime fails. */
class InferCommandTest {
  private static final int[] ROW = {1, 3};

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path inputs;

  @BeforeEach
  void writeModel() throws IOException {
    inputs = Files.createDirectory(folder.resolve("inputs"));
    model = doubling(DataType.FLOAT).write(folder.resolve("model.onnx"));
  }

  private static GraphFile doubling(DataType type) {
    return new GraphFile().input("x", type, 1, 3).node("Add", "x x", "y").output("y", type, 1, 3);
  }

  private Path input(String name, double... values) {
    return GraphFile.tensor(inputs.resolve(name), "x", DataType.FLOAT, ROW, values);
  }

  private int run(Object... words) {
    return Main.run(
        new PrintWriter(out),
        new PrintWriter(err),
        Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void infer_badFilesInAFolder_runsTheOthersAndNamesThem() throws IOException {
    input("1.pb", 1, 2, 3);
    Files.write(inputs.resolve("2.pb"), new byte[] {0x0a, 5});
    input("3.pb", 1, 2, 1000);
    input("4.pb", 3, 2, 1);

    assertThat(run("infer", model, inputs, "--json")).isEqualTo(1);

    JsonNode json = json();
    assertThat(json)
        .extracting(each -> each.get("input").asText() + " " + each.has("error"))
        .containsExactly("1.pb false", "2.pb true", "3.pb true", "4.pb false");
    assertThat(json.get(3).get("output").get(0).intValue()).isEqualTo(6);
    assertThat(json.get(2).get("error").asText())
        .contains("3.pb", "element 2 is 1000.0", "up to 8.0", "--input-bound 1000.0");
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("maskwire: " + inputs))
        .noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void infer_badFileAmongTexts_runsTheOthers() throws IOException {
    Path bad = Files.writeString(inputs.resolve("bad.png"), "no picture");

    assertThat(run("infer", model, bad, input("1.pb", 1, 2, 3))).isEqualTo(1);

    assertThat(out.toString()).startsWith("1.pb: 2");
    assertThat(err.toString()).startsWith("maskwire: " + bad);
  }

  @Test
  void infer_onlyBadFiles_failsNamingAll() throws IOException {
    Files.write(inputs.resolve("1.pb"), new byte[] {0x0a, 5});
    Files.write(inputs.resolve("2.pb"), new byte[] {0x0a, 5});

    assertThat(run("infer", model, inputs)).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("1.pb", "2.pb");
  }

  @Test
  void infer_oneFileThatIsBad_printsNoResult() throws IOException {
    assertThat(run("infer", model, input("1.pb", 1, 2, 1e30), "--json")).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("1.pb: element 2 is 1.0E30", "up to 8.0");
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "FLOAT16"})
  void infer_modelOfAnyReals_isComparedInItsOwnType(DataType type) throws IOException {
    Path typed = doubling(type).write(folder.resolve("typed.onnx"));

    assertThat(run("infer", typed, input("1.pb", 1, 2, 3), "--json")).isZero();

    assertThat(json().get("comparison").asText()).isEqualTo("compared");
    assertThat(json().get("maxAbsError").doubleValue()).isZero();
    assertThat(json().get("agreesWithFloat").booleanValue()).isTrue();
  }

  /** A version of the format that ONNX Runtime does not know yet. */
  @Test
  void infer_modelThatOnnxRuntimeRefuses_givesTheSecureResult() throws IOException {
    Path strange = doubling(DataType.FLOAT).irVersion(99).write(folder.resolve("strange.onnx"));

    assertThat(run("infer", strange, input("1.pb", 1, 2, 3), "--json")).isZero();

    assertThat(json().get("output").get(2).intValue()).isEqualTo(6);
    assertThat(json().get("bitExact").booleanValue()).isTrue();
    assertThat(json().get("comparison").asText()).isEqualTo("not compared");
    assertThat(json().get("comparisonReason").asText()).contains("ONNX Runtime refuses the model");
    assertThat(json().get("agreesWithFloat").isNull()).isTrue();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void infer_shapesThatDiffer_neverAgree() throws IOException {
    // An output of other length: five by the standard, four in ONNX Runtime 1.29.
    Path dilated =
        new GraphFile()
            .input("x", DataType.FLOAT, 1, 1, 5)
            .node(
                "MaxPool",
                "x",
                "y",
                GraphFile.list("kernel_shape", 2),
                GraphFile.list("dilations", 2),
                GraphFile.text("auto_pad", "SAME_UPPER"))
            .output("y", DataType.FLOAT, 1, 1, "n")
            .write(folder.resolve("dilated.onnx"));
    Path input =
        GraphFile.tensor(
            inputs.resolve("1.pb"), "x", DataType.FLOAT, new int[] {1, 1, 5}, 1, 2, 3, 4, 5);

    assertThat(run("infer", dilated, input, "--json")).isZero();

    assertThat(json().get("comparison").asText()).isEqualTo("differs");
    assertThat(json().get("agreesWithFloat").booleanValue()).isFalse();
    assertThat(json().get("maxAbsError").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Identity"})
  void infer_valueInsideBeyondItsCalibration_isRefusedInRealNumbers(String operator)
      throws IOException {
    Path calibrated =
        new GraphFile()
            .input("x", DataType.FLOAT, 1, 3)
            .node("Add", "x x", "sum")
            .node(operator, "sum", "y")
            .output("y", DataType.FLOAT, 1, 3)
            .write(folder.resolve("calibrated.onnx"));
    Path typical = Files.createDirectory(folder.resolve("typical"));
    GraphFile.tensor(typical.resolve("0.pb"), "x", DataType.FLOAT, ROW, 1, 2, 3);
    Path input = input("1.pb", -90, 60, 90);

    assertThat(run("infer", calibrated, input, "--calibrate", typical, "--input-bound", 100))
        .isEqualTo(1);

    assertThat(err.toString())
        .contains("1.pb: ", "has values from -", "--calibrate", "--width")
        .doesNotContainPattern("(from|to) -?[0-9]{4}");
  }

  @Test
  void infer_calibrationBeyondTheBound_namesTheFile() throws IOException {
    Path typical = Files.createDirectory(folder.resolve("typical"));
    GraphFile.tensor(typical.resolve("0.pb"), "x", DataType.FLOAT, ROW, 1, 2, 30);

    assertThat(
            run(
                "infer",
                model,
                input("1.pb", 1, 2, 3),
                "--calibrate",
                typical,
                "--input-bound",
                10))
        .isEqualTo(1);

    assertThat(err.toString())
        .contains("0.pb: element 2 is 30.0", "up to 10.0", "--input-bound 30.0");
  }

  @Test
  void accuracy_badFileInTheFolder_measuresTheOthers() throws IOException {
    input("1.pb", 1, 2, 3);
    input("2.pb", 1, 2, -1000);

    assertThat(run("accuracy", model, "--inputs", inputs, "--json")).isEqualTo(1);

    assertThat(json().get("inputs").intValue()).isEqualTo(1);
    assertThat(json().get("refused").intValue()).isEqualTo(1);
    assertThat(json().get("compared").intValue()).isEqualTo(1);
    assertThat(json().get("labelAgreement").intValue()).isEqualTo(1);
    assertThat(json().get("cases").get(1).get("error").asText()).contains("2.pb", "-1000.0");
    assertThat(err.toString()).contains("2.pb", "-1000.0", "--input-bound");
  }

  @Test
  void accuracy_nothingCompared_saysSoAndSucceeds() throws IOException {
    Path strange = doubling(DataType.FLOAT).irVersion(99).write(folder.resolve("strange.onnx"));
    input("1.pb", 1, 2, 3);

    assertThat(run("accuracy", strange, "--inputs", inputs)).isZero();

    assertThat(out.toString())
        .contains("not compared", "1 of 1 not compared:", "refuses the model")
        .doesNotContain("NaN");
  }
}
