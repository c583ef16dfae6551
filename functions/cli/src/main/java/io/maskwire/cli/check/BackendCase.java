package io.maskwire.cli.check;

import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.ModelVersion;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.output.Reason;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.execution.RangeException;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.input.InputException;
import io.maskwire.input.TensorFile;
import io.maskwire.input.UnsupportedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with {@code model.onnx} and {@code test_data_set_*} folders of {@code input_N.pb} and
 * {@code output_N.pb}. A case passes if every output of every data set was compared with the file
 * that is expected; whatever was not compared has not passed.
 *
 * @param folder that holds them
 */
public record BackendCase(Path folder) {
  private static final double SPARE_INPUT_RANGE = 2;
  private static final double LARGEST_INPUT = 1 << 20;

  /** How a case ended. */
  public enum Status {
    /** All outputs are as expected. */
    PASSED,
    /** An output is not, or was not compared, or the case is damaged, or the run crashed. */
    FAILED,
    /** The model has nodes, or the data values, that are not computed on. */
    UNSUPPORTED
  }

  /**
   * What a case gave.
   *
   * @param name of its folder
   * @param status how it ended
   * @param maxAbsError largest difference to the expected outputs, if all were compared
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

  /** Runs all data sets of the case. Whatever it does, the cases after it can be run. */
  public Result run(SecureRandom random) throws InterruptedException {
    try {
      OnnxModel model = OnnxModel.read(folder.resolve("model.onnx"));
      try {
        return compared(model, random);
      } catch (UnsupportedInputException e) {
        throw e;
      } catch (CaseException | InputException e) {
        requireSupported(model);
        throw e;
      }
    } catch (UnsupportedModelException | UnsupportedInputException e) {
      return without(Status.UNSUPPORTED, String.valueOf(e.getMessage()));
    } catch (CaseException
        | CorruptModelException
        | IllegalArgumentException
        | IOException
        | RangeException e) {
      // A damaged case is a failure of its own, and no reason to leave out those after it.
      return without(Status.FAILED, Reason.of(e));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | AssertionError e) {
      return without(Status.FAILED, "crashed, which is a bug, please report it: " + e);
    }
  }

  private Result compared(OnnxModel model, SecureRandom random)
      throws IOException, InterruptedException {
    OutputCheck.Difference difference = OutputCheck.Difference.NONE;
    boolean exact = true;
    for (Path set : CaseData.folders(folder)) {
      CaseData data = CaseData.read(set);
      CaseModel fitted = CaseModel.of(model, data);
      CompiledModel compiled = Compiler.compile(fitted.model(), options(set, fitted.inputs()));
      InferenceResult result = infer(compiled, fitted.inputs(), random);
      exact &= result.exact();
      difference =
          difference.and(
              OutputCheck.compare(
                  fitted.outputs(), data.outputs(), compiled.program(), result.outputs()));
    }
    String message = exact ? difference.beyond().orElse("") : "secure result differs";
    return new Result(
        name(),
        message.isEmpty() ? Status.PASSED : Status.FAILED,
        Optional.of(difference.largest()),
        Optional.of(exact),
        message);
  }

  /** A case of a model that is not supported is that, whatever else is wrong with it. */
  private static void requireSupported(OnnxModel model) {
    // Dimensions that are left open are the data's: they are no reason.
    List<UnsupportedNode> unsupported =
        Compiler.inspect(model, Program.Reveal.USER).unsupported().stream()
            .filter(node -> !CaseModel.isOpenInput(model, node.name()))
            .toList();
    if (!unsupported.isEmpty()) {
      throw new UnsupportedModelException(model.name(), unsupported);
    }
  }

  private Result without(Status status, String message) {
    return new Result(name(), status, Optional.empty(), Optional.empty(), message);
  }

  private static CompilerOptions options(Path set, List<TensorFile> inputs) {
    double bound = CompilerOptions.DEFAULT_INPUT_BOUND;
    for (TensorFile input : inputs) {
      float[] values = input.tensor().values();
      for (int i = 0; i < values.length; i++) {
        if (!(Math.abs(values[i]) <= LARGEST_INPUT)) {
          throw new UnsupportedInputException(
              set.toString(),
              "element %d of an input of shape %s is %s; magnitudes up to 2^20 are supported"
                  .formatted(i, input.tensor().shape(), values[i]));
        }
        bound = Math.max(bound, SPARE_INPUT_RANGE * Math.abs(values[i]));
      }
    }
    return CompilerOptions.defaults().withInputBound(Math.min(bound, LARGEST_INPUT));
  }

  private static InferenceResult infer(
      CompiledModel compiled, List<TensorFile> inputs, SecureRandom random)
      throws IOException, InterruptedException {
    ModelVersion version = ModelVersion.prepare(compiled.program(), compiled.weights(), random);
    List<FloatTensor> values = inputs.stream().map(TensorFile::tensor).toList();
    return new SecureInference(version, random).infer(values, round -> {});
  }
}
