package io.maskwire.cli.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.maskwire.crypto.ring.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The original model in ONNX Runtime, in floating point, with tensors of its own types. It runs the
 * model as it stands: what ONNX Runtime's optimisers make of a model is not always what the
 * standard says. It logs nothing, and it is not loaded where it would record telemetry.
 */
final class FloatModel implements AutoCloseable {
  /**
   * Must be 1 in the environment of the process, for ONNX Runtime 1.29 keeps and sends records of
   * the models that it runs; {@code setTelemetry(false)} comes after the first of them.
   */
  static final String TELEMETRY_OFF = "ORT_DISABLE_TELEMETRY";

  private static final OrtLoggingLevel QUIET = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

  private final OrtEnvironment environment;
  private final OrtSession session;

  private FloatModel(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * One output of the model.
   *
   * @param name in the ONNX graph
   * @param tensor its values as floats
   */
  record Output(String name, FloatTensor tensor) {}

  /**
   * Loads {@code model}.
   *
   * @param environment variables of this process
   * @throws IllegalArgumentException if ONNX Runtime refuses the model, or would record telemetry
   */
  static FloatModel load(Path model, Map<String, String> environment) {
    if (!"1".equals(environment.get(TELEMETRY_OFF))) {
      throw new IllegalArgumentException(
          "ONNX Runtime would record telemetry; set %s=1 in the environment, or use the launcher"
              .formatted(TELEMETRY_OFF));
    }
    OrtEnvironment runtime = OrtLibrary.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setSessionLogLevel(QUIET);
      // Files differ in nothing that a grown arena would speed up, and it is never given back.
      options.setCPUArenaAllocator(false);
      return new FloatModel(runtime, runtime.createSession(model.toString(), options));
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime refuses the model: " + words(e), e);
    }
  }

  /**
   * The model's outputs, in its order.
   *
   * @param inputs by the names of the model's inputs
   * @throws IllegalArgumentException if ONNX Runtime cannot run the model on them, or gives what is
   *     no tensor of numbers
   */
  List<Output> run(Map<String, FloatTensor> inputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      options.setLogLevel(QUIET);
      for (var input : inputs.entrySet()) {
        tensors.put(
            input.getKey(),
            OrtTensors.of(
                environment, input.getValue(), session.getInputInfo().get(input.getKey())));
      }
      try (OrtSession.Result result = session.run(tensors, options)) {
        List<Output> outputs = new ArrayList<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.add(
              new Output(output.getKey(), OrtTensors.floats(output.getKey(), output.getValue())));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime cannot run the model: " + words(e), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** Its message without its own error codes, source files and signatures. */
  private static String words(OrtException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst("^Error code - \\w+ - message: ", "")
        .replaceAll("/onnxruntime_src/\\S+ [^()]*\\([^()]*\\) ", "")
        .strip();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed to close a model", e);
    }
  }
}
