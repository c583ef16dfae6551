package io.maskwire.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.cli.check.BackendCase.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case passes if everything was compared and is as expected, and not otherwise. */
class BackendCaseTest {
  private static final int[] ROW = {1, 3};

  /** A field of five bytes, of which none is there. */
  private static final byte[] CUT_OFF = {0x0a, 5};

  @TempDir private Path folder;
  private Path set;

  /** A model that doubles, with data that fits it. */
  @BeforeEach
  void writeCase() {
    set = folder.resolve("test_data_set_0");
    doubling(DataType.FLOAT, 1, 3).write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, ROW, 1, -2, 3);
    expect("y", DataType.FLOAT, ROW, 2, -4, 6);
  }

  private static GraphFile doubling(DataType type, Object... sides) {
    return new GraphFile().input("x", type, sides).node("Add", "x x", "y").output("y", type, sides);
  }

  private static AttributeProto axis(int axis) {
    return AttributeProto.newBuilder()
        .setName("axis")
        .setType(AttributeProto.AttributeType.INT)
        .setI(axis)
        .build();
  }

  private void expect(String name, DataType type, int[] sides, double... values) {
    GraphFile.tensor(set.resolve("output_0.pb"), name, type, sides, values);
  }

  private BackendCase.Result run() throws InterruptedException {
    return new BackendCase(folder).run(new SecureRandom());
  }

  private void assertEnds(Status status, String... words) throws InterruptedException {
    BackendCase.Result result = run();
    assertThat(result.status()).as(result.message()).isEqualTo(status);
    for (String word : words) {
      assertThat(result.message()).contains(word);
    }
    if (status != Status.PASSED) {
      assertThat(result.message()).isNotBlank();
    }
  }

  @Test
  void run_everythingAsExpected_passes() throws InterruptedException {
    BackendCase.Result result = run();

    assertThat(result.status()).as(result.message()).isEqualTo(Status.PASSED);
    assertThat(result.maxAbsError()).hasValue(0.0);
    assertThat(result.bitExact()).hasValue(true);
    assertThat(result.message()).isEmpty();
  }

  @Test
  void run_namesLeftOut_passes() throws InterruptedException {
    GraphFile.tensor(set.resolve("input_0.pb"), "", DataType.FLOAT, ROW, 1, -2, 3);
    expect("", DataType.FLOAT, ROW, 2, -4, 6);

    assertEnds(Status.PASSED);
  }

  @ParameterizedTest
  @CsvSource({"6.5, 6.5 is expected", "NaN, NaN is expected", "-Infinity, -Infinity is expected"})
  void run_valueNotAsExpected_fails(double value, String words) throws InterruptedException {
    expect("y", DataType.FLOAT, ROW, 2, -4, value);

    assertEnds(Status.FAILED, words);
  }

  @ParameterizedTest
  @CsvSource({"200.1, PASSED", "199.9, PASSED", "200.3, FAILED", "199.7, FAILED"})
  void run_largeValues_mayDifferByAThousandth(double value, Status status)
      throws InterruptedException {
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, ROW, 1, -2, 100);
    expect("y", DataType.FLOAT, ROW, 2, -4, value);

    assertEnds(status);
  }

  @Test
  void run_secondDataSetNotAsExpected_fails() throws InterruptedException {
    Path first = set;
    set = folder.resolve("test_data_set_1");
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, ROW, 1, 1, 1);
    expect("y", DataType.FLOAT, ROW, 2, 2, 3);

    assertEnds(Status.FAILED, "3.0 is expected");
    assertThat(first).isNotEqualTo(set);
  }

  @Test
  void run_shapeNotAsExpected_fails() throws InterruptedException {
    expect("y", DataType.FLOAT, new int[] {3}, 2, -4, 6);

    assertEnds(Status.FAILED, "shape [1, 3], [3] is expected");
  }

  @Test
  void run_shapeNotAsDeclared_fails() throws InterruptedException {
    new GraphFile()
        .input("x", DataType.FLOAT, 1, 3)
        .node("Add", "x x", "y")
        .output("y", DataType.FLOAT, 1, 4)
        .write(folder.resolve("model.onnx"));

    assertEnds(Status.FAILED, "the model declares [1, 4]");
  }

  @Test
  void run_nameNotAsDeclared_fails() throws InterruptedException {
    expect("z", DataType.FLOAT, ROW, 2, -4, 6);

    assertEnds(Status.FAILED, "output 'z' is expected, the model declares 'y'");
  }

  @Test
  void run_typeNotAsDeclared_fails() throws InterruptedException {
    expect("y", DataType.DOUBLE, ROW, 2, -4, 6);

    assertEnds(Status.FAILED, "output 'y' is FLOAT in the model, DOUBLE is expected");
  }

  @Test
  void run_inputTypeNotAsDeclared_fails() throws InterruptedException {
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.DOUBLE, ROW, 1, -2, 3);

    assertEnds(Status.FAILED, "input 'x' is FLOAT in the model, DOUBLE in the data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"output_0.pb", "input_0.pb"})
  void run_fileMissing_fails(String file) throws Exception {
    Files.delete(set.resolve(file));

    assertEnds(Status.FAILED, "not compared");
  }

  @Test
  void run_noDataSet_fails() throws Exception {
    Files.delete(set.resolve("input_0.pb"));
    Files.delete(set.resolve("output_0.pb"));
    Files.delete(set);

    assertEnds(Status.FAILED, "not compared", "test_data_set_");
  }

  @Test
  void run_secondOutputExpectedNowhere_fails() throws InterruptedException {
    new GraphFile()
        .input("x", DataType.FLOAT, 1, 3)
        .node("Add", "x x", "y")
        .node("Neg", "x", "z")
        .output("y", DataType.FLOAT, 1, 3)
        .output("z", DataType.FLOAT, 1, 3)
        .write(folder.resolve("model.onnx"));

    assertEnds(Status.FAILED, "output_1.pb is missing", "'z'");
  }

  @Test
  void run_moreExpectedThanTheModelHas_fails() throws InterruptedException {
    GraphFile.tensor(set.resolve("output_1.pb"), "z", DataType.FLOAT, ROW, 1, 1, 1);

    assertEnds(Status.FAILED, "2 outputs are expected");
  }

  @Test
  void run_gapInTheFiles_fails() throws InterruptedException {
    GraphFile.tensor(set.resolve("output_2.pb"), "y", DataType.FLOAT, ROW, 2, -4, 6);

    assertEnds(Status.FAILED, "no output_1.pb");
  }

  @Test
  void run_damagedFile_fails() throws IOException, InterruptedException {
    Files.write(set.resolve("output_0.pb"), CUT_OFF);

    assertEnds(Status.FAILED, "output_0.pb");
  }

  @Test
  void run_unsupportedOperator_isUnsupportedWhateverElseIsWrong() throws Exception {
    doubling(DataType.FLOAT, 1, 3)
        .node("NotThere", "x", "w")
        .output("w", DataType.FLOAT, 1, 3)
        .write(folder.resolve("model.onnx"));
    assertEnds(Status.UNSUPPORTED, "NotThere");
    Files.write(set.resolve("input_0.pb"), CUT_OFF);
    assertEnds(Status.UNSUPPORTED, "NotThere");
    Files.delete(set.resolve("output_0.pb"));
    assertEnds(Status.UNSUPPORTED, "NotThere");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 3e6})
  void run_inputBeyondFixedPoint_isUnsupported(double value) throws InterruptedException {
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, ROW, 1, -2, value);

    assertEnds(Status.UNSUPPORTED, "element 2", "2^20");
  }

  @Test
  void run_inputOfWords_isUnsupported() throws InterruptedException {
    doubling(DataType.STRING, 1, 3).write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.STRING, ROW, 1, 1, 1);

    assertEnds(Status.UNSUPPORTED, "STRING");
  }

  @Test
  void run_tensorWithoutElements_isUnsupported() throws InterruptedException {
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, new int[] {0, 3});

    assertEnds(Status.UNSUPPORTED, "without elements");
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16"})
  void run_realsOfAnyType_passes(DataType type) throws InterruptedException {
    doubling(type, 1, 3).write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", type, ROW, 1, -2, 3);
    expect("y", type, ROW, 2, -4, 6);

    assertEnds(Status.PASSED);
  }

  @Test
  void run_scalars_passes() throws InterruptedException {
    doubling(DataType.FLOAT, 1).write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, new int[] {1}, 3);
    expect("y", DataType.FLOAT, new int[] {}, 6);

    assertEnds(Status.PASSED);
  }

  @Test
  void run_dimensionsLeftOpen_areThoseOfTheData() throws InterruptedException {
    doubling(DataType.FLOAT, "batch", "width").write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, new int[] {2, 2}, 1, 2, 3, 4);
    expect("y", DataType.FLOAT, new int[] {2, 2}, 2, 4, 6, 8);

    assertEnds(Status.PASSED);
  }

  @Test
  void run_dimensionsLeftOpenAndAnotherShapeExpected_fails() throws InterruptedException {
    doubling(DataType.FLOAT, "batch", "width").write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, new int[] {2, 2}, 1, 2, 3, 4);
    expect("y", DataType.FLOAT, new int[] {4}, 2, 4, 6, 8);

    assertEnds(Status.FAILED, "shape [2, 2], [4] is expected");
  }

  @Test
  void run_positionThatIsOneOff_fails() throws InterruptedException {
    double[] values = new double[2000];
    values[1500] = 1;
    int[] shape = {1, 2000};
    new GraphFile()
        .input("x", DataType.FLOAT, 1, 2000)
        .node("ArgMax", "x", "y", axis(1))
        .output("y", DataType.INT64, 1, 1)
        .write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, shape, values);

    expect("y", DataType.INT64, new int[] {1, 1}, 1500);
    assertEnds(Status.PASSED);

    expect("y", DataType.INT64, new int[] {1, 1}, 1499);
    assertEnds(Status.FAILED, "is 1500.0, 1499.0 is expected");
  }

  @Test
  void run_inputOfAnotherShape_fails() throws InterruptedException {
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, new int[] {3, 1}, 1, -2, 3);

    assertEnds(Status.FAILED, "shape [3, 1] in the data, the model takes [1, 3]");
  }

  @Test
  void run_inputsInAnotherOrder_areFoundByName() throws InterruptedException {
    new GraphFile()
        .input("a", DataType.FLOAT, 1, 3)
        .input("b", DataType.FLOAT, 1, 3)
        .node("Sub", "a b", "y")
        .output("y", DataType.FLOAT, 1, 3)
        .write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_0.pb"), "b", DataType.FLOAT, ROW, 1, 1, 1);
    GraphFile.tensor(set.resolve("input_1.pb"), "a", DataType.FLOAT, ROW, 3, -3, 7);

    assertEnds(Status.PASSED);
  }

  @Test
  void run_dataForAValueThatTheModelFixes_isUnsupported() throws InterruptedException {
    new GraphFile()
        .input("x", DataType.FLOAT, 1, 3)
        .input("w", DataType.FLOAT, 1, 3)
        .constant("w", ROW, 1, 1, 1)
        .node("Add", "x w", "y")
        .output("y", DataType.FLOAT, 1, 3)
        .write(folder.resolve("model.onnx"));
    GraphFile.tensor(set.resolve("input_1.pb"), "w", DataType.FLOAT, ROW, 1, -2, 3);

    assertEnds(Status.UNSUPPORTED, "replace values that the model fixes");
  }

  /** Fails as whatever stands in {@link #failure} when the weights are masked. */
  private static final class Failing extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      switch (failure) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new AssertionError(failure);
      }
    }
  }

  @Test
  void run_crash_failsTheCaseAndEndsNothing() throws InterruptedException {
    for (Throwable crash :
        new Throwable[] {
          new IllegalStateException("odd"),
          new ArrayIndexOutOfBoundsException(7),
          new StackOverflowError(),
          new OutOfMemoryError("Java heap space")
        }) {
      BackendCase.Result result = new BackendCase(folder).run(new Failing(crash));

      assertThat(result.status()).isEqualTo(Status.FAILED);
      assertThat(result.message()).contains("crashed", crash.getClass().getName());
    }
  }
}
