package io.maskwire.cli.inference;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * ONNX Runtime as a witness of secure inferences: it says what the original model gives, and where
 * it cannot, why. Whatever it does, the secure result stands. One session serves all inputs.
 */
public final class FloatWitness implements AutoCloseable {
  private final Optional<FloatModel> model;
  private final Comparison otherwise;

  private FloatWitness(Optional<FloatModel> model, Comparison otherwise) {
    this.model = model;
    this.otherwise = otherwise;
  }

  /** A witness for {@code onnx}, or one that says that there is none. */
  public static FloatWitness of(Optional<Path> onnx) {
    return onnx.map(file -> of(file, System.getenv()))
        .orElseGet(() -> new FloatWitness(Optional.empty(), Comparison.noOriginal()));
  }

  /** A witness for {@code onnx} in a process with the variables {@code environment}. */
  static FloatWitness of(Path onnx, Map<String, String> environment) {
    try {
      return new FloatWitness(
          Optional.of(FloatModel.load(onnx, environment)), Comparison.notCompared(""));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      return new FloatWitness(Optional.empty(), notCompared(e));
    }
  }

  /**
   * Compares one inference.
   *
   * @param inputs in the order of the program's inputs
   * @param secure in the order of its outputs
   */
  public Comparison compare(Program program, List<FloatTensor> inputs, List<FloatTensor> secure) {
    if (model.isEmpty()) {
      return otherwise;
    }
    try {
      Map<String, FloatTensor> named = new TreeMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        named.put(program.inputs().get(i).name(), inputs.get(i));
      }
      List<String> names = program.outputs().stream().map(Program.Output::name).toList();
      return Comparison.of(names, secure, model.get().run(named));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      return notCompared(e);
    }
  }

  /** A witness that fails is reported, and is no failure of the inference. */
  private static Comparison notCompared(Throwable cause) {
    return cause instanceof IllegalArgumentException
        ? Comparison.notCompared(String.valueOf(cause.getMessage()))
        : Comparison.notCompared(
            "ONNX Runtime failed: " + (cause.getCause() == null ? cause : cause.getCause()));
  }

  @Override
  public void close() {
    model.ifPresent(FloatModel::close);
  }
}
