package io.maskwire.cli.check;

import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.ModelVersion;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.importer.DeclaredInput;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import io.maskwire.input.UnsupportedInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with {@code model.onnx} and {@code test_data_set_*} folders of {@code input_N.pb} and
 * {@code output_N.pb}.
 *
 * @param folder that holds them
 */
public record BackendCase(Path folder) {
  /** Largest difference to the expected output of a case that passes. */
  public static final double TOLERANCE = 0x1p-8;

  private static final double SPARE_INPUT_RANGE = 2;

  /** How a case ended. */
  public enum Status {
    PASSED,
    FAILED,
    UNSUPPORTED
  }

  /**
   * What a case gave.
   *
   * @param name of its folder
   * @param status how it ended
   * @param maxAbsError largest difference to the expected outputs, if it ran
   * @param bitExact whether the secure result equals the cleartext program's, if it ran
   * @param message why it did not pass, else empty
   */
  public record Result(
      String name,
      Status status,
      Optional<Double> maxAbsError,
      Optional<Boolean> bitExact,
      String message) {}

  /** All cases in {@code root}: itself, or its subfolders at any depth, in order of their names. */
  public static List<BackendCase> find(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith("model.onnx"))
          .map(file -> new BackendCase(file.toAbsolutePath().resolveSibling("")))
          .sorted((a, b) -> a.folder.compareTo(b.folder))
          .toList();
    }
  }

  private String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Runs all data sets of the case. */
  public Result run(SecureRandom random) throws IOException, InterruptedException {
    try {
      OnnxModel model = OnnxModel.read(folder.resolve("model.onnx"));
      List<DeclaredInput> inputs = DeclaredInput.of(model);
      double largest = 0;
      boolean exact = true;
      for (Path dataSet : dataSets()) {
        List<FloatTensor> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
          values.add(tensor(dataSet, "input_" + i, inputs.get(i)));
        }
        InferenceResult result = infer(model, values, random);
        largest = Math.max(largest, largestError(dataSet, result));
        exact &= result.exact();
      }
      Status status = exact && largest <= TOLERANCE ? Status.PASSED : Status.FAILED;
      String message =
          status == Status.PASSED ? "" : exact ? "error above 2^-8" : "secure result differs";
      return new Result(name(), status, Optional.of(largest), Optional.of(exact), message);
    } catch (UnsupportedModelException | UnsupportedInputException e) {
      return without(Status.UNSUPPORTED, e);
    } catch (CorruptModelException | IllegalArgumentException | IOException e) {
      // A damaged case is a failure of its own, and no reason to leave out those after it.
      return without(Status.FAILED, e);
    }
  }

  private Result without(Status status, Exception cause) {
    return new Result(
        name(), status, Optional.empty(), Optional.empty(), String.valueOf(cause.getMessage()));
  }

  private List<Path> dataSets() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> sets =
          entries
              .filter(entry -> entry.getFileName().toString().startsWith("test_data_set_"))
              .sorted()
              .toList();
      if (sets.isEmpty()) {
        throw new IllegalArgumentException(folder + " has no test_data_set_* folder");
      }
      return sets;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static FloatTensor tensor(Path dataSet, String name, DeclaredInput input) {
    return InputReader.read(dataSet.resolve(name + ".pb"), Preprocess.DEFAULT, input.shape());
  }

  private static InferenceResult infer(
      OnnxModel model, List<FloatTensor> values, SecureRandom random)
      throws IOException, InterruptedException {
    double bound = CompilerOptions.DEFAULT_INPUT_BOUND;
    for (FloatTensor value : values) {
      for (float element : value.values()) {
        bound = Math.max(bound, SPARE_INPUT_RANGE * Math.abs(element));
      }
    }
    CompilerOptions options = CompilerOptions.defaults().withInputBound(bound);
    CompiledModel compiled = Compiler.compile(model, options);
    ModelVersion version = ModelVersion.prepare(compiled.program(), compiled.weights(), random);
    return new SecureInference(version, random).infer(values, round -> {});
  }

  private static double largestError(Path dataSet, InferenceResult result) {
    double largest = 0;
    for (int i = 0; i < result.outputs().size(); i++) {
      FloatTensor actual = result.outputs().get(i);
      FloatTensor expected =
          InputReader.read(
              dataSet.resolve("output_" + i + ".pb"), Preprocess.DEFAULT, actual.shape());
      for (int j = 0; j < expected.values().length; j++) {
        double error = Math.abs((double) actual.get(j) - expected.get(j));
        largest = Double.isNaN(error) ? Double.NaN : Math.max(largest, error);
      }
    }
    return largest;
  }
}
