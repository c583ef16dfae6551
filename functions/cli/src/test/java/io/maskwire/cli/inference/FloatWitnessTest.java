package io.maskwire.cli.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.cli.check.GraphFile;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What ONNX Runtime says, and what is said where it says nothing. */
class FloatWitnessTest {
  private static final Map<String, String> SILENT = Map.of("ORT_DISABLE_TELEMETRY", "1");

  private static final Program NOTHING =
      new Program("m", "1", Program.Reveal.USER, List.of(), List.of(), List.of(), List.of());

  @TempDir private Path folder;

  private static FloatTensor row(float... values) {
    return FloatTensor.takeOwnershipOf(Shape.of(1, values.length), values);
  }

  private Path write(GraphFile graph) {
    return graph.write(folder.resolve("model.onnx"));
  }

  private static List<FloatModel.Output> run(Path model, FloatTensor input) {
    try (FloatModel floats = FloatModel.load(model, SILENT)) {
      return floats.run(Map.of("x", input));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "FLOAT16"})
  void run_realsOfAnyType_areGivenAndTakenBack(DataType type) {
    Path model =
        write(
            new GraphFile().input("x", type, 1, 3).node("Add", "x x", "y").output("y", type, 1, 3));

    assertThat(run(model, row(0.5f, -2, 3)))
        .containsExactly(new FloatModel.Output("y", row(1, -4, 6)));
  }

  /** ONNX Runtime has few kernels for this type; Cast is one. */
  @Test
  void run_bfloat16_isGivenAndTakenBack() {
    Path model =
        write(
            new GraphFile()
                .input("x", DataType.BFLOAT16, 1, 3)
                .node("Identity", "x", "y")
                .output("y", DataType.BFLOAT16, 1, 3));

    assertThat(run(model, row(0.5f, -2, 3)))
        .containsExactly(new FloatModel.Output("y", row(0.5f, -2, 3)));
  }

  @ParameterizedTest
  @CsvSource({"INT64", "INT32", "INT16", "INT8", "UINT8", "BOOL"})
  void run_outputsOfWholeNumbers_areNumbers(DataType type) {
    Path model =
        write(
            new GraphFile()
                .input("x", DataType.FLOAT, 1, 3)
                .node("Cast", "x", "y", GraphFile.integer("to", type.getNumber()))
                .output("y", type, 1, 3));
    float[] expected = type == DataType.BOOL ? new float[] {1, 0, 1} : new float[] {1, 0, 100};

    assertThat(run(model, row(1, 0, 100)))
        .containsExactly(new FloatModel.Output("y", row(expected)));
  }

  /** Its optimiser moves the padding into the pooling, which takes no zero for the largest. */
  @Test
  void run_zerosPaddedBeforeMaxPool_staysZero() {
    Path model =
        write(
            new GraphFile()
                .input("x", DataType.FLOAT, 1, 1, 4)
                .shape("pads", 0, 0, 1, 0, 0, 1)
                .constant("zero", new int[] {}, 0)
                .node("Pad", "x pads zero", "padded")
                .node(
                    "MaxPool",
                    "padded",
                    "y",
                    GraphFile.list("kernel_shape", 2),
                    GraphFile.list("strides", 2))
                .output("y", DataType.FLOAT, 1, 1, 3));
    FloatTensor negative =
        FloatTensor.takeOwnershipOf(Shape.of(1, 1, 4), new float[] {-5, -4, -3, -2});

    assertThat(run(model, negative).getFirst().tensor().values()).containsExactly(0, -3, 0);
  }

  private static Comparison compare(Path model, String name, FloatTensor secure) {
    try (FloatModel floats = FloatModel.load(model, SILENT)) {
      return Comparison.of(
          List.of(name),
          List.of(secure),
          floats.run(
              Map.of(
                  "x",
                  FloatTensor.takeOwnershipOf(Shape.of(1, 1, 5), new float[] {1, 2, 3, 4, 5}))));
    }
  }

  /** Five values by the standard; ONNX Runtime pads as if the kernel were not dilated. */
  @Test
  void compare_otherLengths_saysSoAndAgreesNowhere() {
    Path model =
        write(
            new GraphFile()
                .input("x", DataType.FLOAT, 1, 1, 5)
                .node(
                    "MaxPool",
                    "x",
                    "y",
                    GraphFile.list("kernel_shape", 2),
                    GraphFile.list("dilations", 2),
                    GraphFile.text("auto_pad", "SAME_UPPER"))
                .output("y", DataType.FLOAT, 1, 1, "n"));
    FloatTensor standard =
        FloatTensor.takeOwnershipOf(Shape.of(1, 1, 5), new float[] {2, 3, 4, 5, 4});

    Comparison comparison = compare(model, "y", standard);

    assertThat(comparison.status()).isEqualTo(Comparison.Status.DIFFERS);
    assertThat(comparison.reason())
        .contains("ONNX Runtime gives [1, 1, 4]", "the standard [1, 1, 5]", "lengths differ");
    assertThat(comparison.maxAbsError()).isEmpty();
  }

  @Test
  void compare_equalLengthsOfOtherShapes_saysSo() {
    Comparison comparison =
        Comparison.of(
            List.of("y"),
            List.of(row(1, 2)),
            List.of(
                new FloatModel.Output(
                    "y", FloatTensor.takeOwnershipOf(Shape.of(2), new float[] {1, 2}))));

    assertThat(comparison.status()).isEqualTo(Comparison.Status.DIFFERS);
    assertThat(comparison.reason()).contains("gives [2]", "the standard [1, 2]");
  }

  @Test
  void compare_scalars_areTensorsOfOneElement() {
    FloatTensor scalar = FloatTensor.takeOwnershipOf(Shape.of(), new float[] {3});
    FloatTensor one = FloatTensor.takeOwnershipOf(Shape.of(1), new float[] {3.5f});

    Comparison comparison =
        Comparison.of(List.of("y"), List.of(one), List.of(new FloatModel.Output("y", scalar)));

    assertThat(comparison.status()).isEqualTo(Comparison.Status.COMPARED);
    assertThat(comparison.maxAbsError()).hasValue(0.5);
  }

  @Test
  void compare_otherNamesOrNumberOfOutputs_saysSo() {
    FloatModel.Output y = new FloatModel.Output("y", row(1));
    FloatModel.Output z = new FloatModel.Output("z", row(1));

    for (List<FloatModel.Output> floats : List.of(List.of(z), List.of(y, z), List.of(z, y))) {
      Comparison comparison = Comparison.of(List.of("y"), List.of(row(1)), floats);

      assertThat(comparison.status()).isEqualTo(Comparison.Status.DIFFERS);
      assertThat(comparison.reason()).contains("[y]", "z");
    }
  }

  @Test
  void compare_floatsThatAreNoNumbers_saysSo() {
    Comparison comparison =
        Comparison.of(
            List.of("y"),
            List.of(row(1, 2)),
            List.of(new FloatModel.Output("y", row(1, Float.NaN))));

    assertThat(comparison.status()).isEqualTo(Comparison.Status.DIFFERS);
    assertThat(comparison.reason()).contains("NaN as element 1 of output 'y'");
  }

  @Test
  void of_modelThatOnnxRuntimeRefuses_isNotComparedWithTheReason() {
    Path model =
        write(
            new GraphFile()
                .input("x", DataType.FLOAT, 1, 3)
                .node("NotThere", "x", "y")
                .output("y", DataType.FLOAT, 1, 3));

    try (FloatWitness witness = FloatWitness.of(model, SILENT)) {
      Comparison comparison = witness.compare(NOTHING, List.of(), List.of());

      assertThat(comparison.status()).isEqualTo(Comparison.Status.NOT_COMPARED);
      assertThat(comparison.reason()).contains("ONNX Runtime refuses the model", "NotThere");
    }
  }

  @ParameterizedTest
  @CsvSource({"ORT_DISABLE_TELEMETRY, 0", "ORT_DISABLE_TELEMETRY, ''", "OTHER, 1"})
  void of_telemetryNotTurnedOff_isNotComparedAndSaysWhatToSet(String name, String value) {
    try (FloatWitness witness =
        FloatWitness.of(folder.resolve("not-there.onnx"), Map.of(name, value))) {
      Comparison comparison = witness.compare(NOTHING, List.of(), List.of());

      assertThat(comparison.status()).isEqualTo(Comparison.Status.NOT_COMPARED);
      assertThat(comparison.reason()).contains("set ORT_DISABLE_TELEMETRY=1");
    }
  }
}
