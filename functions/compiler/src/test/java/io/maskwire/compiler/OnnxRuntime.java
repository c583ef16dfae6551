package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The oracle: what a model computes in floating point. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  static List<FloatTensor> run(byte[] model, Map<String, FloatTensor> inputs) {
    OrtEnvironment environment = environment();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model, options)) {
        for (Map.Entry<String, FloatTensor> input : inputs.entrySet()) {
          tensors.put(input.getKey(), tensor(environment, input.getValue()));
        }
        try (OrtSession.Result result = session.run(tensors)) {
          List<FloatTensor> outputs = new ArrayList<>();
          for (var output : result) {
            outputs.add(floats((OnnxTensor) output.getValue()));
          }
          return outputs;
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** Its library keeps and sends records of models, unless the build's variable is there. */
  private static OrtEnvironment environment() {
    assertThat(System.getenv("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
    return OrtEnvironment.getEnvironment();
  }

  /** Fails if {@code model} does not load. */
  static void load(byte[] model) {
    try (OrtSession session = environment().createSession(model)) {
      assertThat(session.getNumOutputs()).isPositive();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, FloatTensor tensor)
      throws OrtException {
    long[] shape = tensor.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), shape);
  }

  private static FloatTensor floats(OnnxTensor tensor) {
    int[] shape = new int[tensor.getInfo().getShape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(tensor.getInfo().getShape()[i]);
    }
    float[] values = new float[Shape.of(shape).elements()];
    switch (tensor.getInfo().type) {
      case FLOAT -> tensor.getFloatBuffer().get(values);
      case INT64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = tensor.getLongBuffer().get(i);
        }
      }
      default -> throw new IllegalStateException("output of type " + tensor.getInfo().type);
    }
    return FloatTensor.takeOwnershipOf(Shape.of(shape), values);
  }
}
