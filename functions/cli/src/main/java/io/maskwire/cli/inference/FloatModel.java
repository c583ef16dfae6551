package io.maskwire.cli.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The original model in ONNX Runtime, in floating point: what the secure result is compared with.
 */
public final class FloatModel implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private FloatModel(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads {@code model}.
   *
   * @throws IllegalArgumentException if ONNX Runtime refuses it
   */
  public static FloatModel load(Path model) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      return new FloatModel(environment, environment.createSession(model.toString()));
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot load " + model + ": " + e.getMessage(), e);
    }
  }

  /**
   * The model's float outputs, in its order.
   *
   * @param inputs by the names of the model's inputs
   */
  public List<FloatTensor> run(Map<String, FloatTensor> inputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (var input : inputs.entrySet()) {
        FloatTensor tensor = input.getValue();
        long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
        tensors.put(
            input.getKey(),
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), shape));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        List<FloatTensor> outputs = new ArrayList<>();
        for (var output : result) {
          outputs.add(toTensor((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static FloatTensor toTensor(OnnxTensor tensor) {
    int[] dimensions =
        Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    Shape shape = Shape.of(dimensions);
    float[] values = new float[shape.elements()];
    switch (tensor.getInfo().type) {
      case INT64 -> {
        long[] integers = tensor.getLongBuffer().array();
        for (int i = 0; i < values.length; i++) {
          values[i] = integers[i];
        }
      }
      case FLOAT -> tensor.getFloatBuffer().get(values);
      default ->
          throw new IllegalArgumentException(
              "an output of type " + tensor.getInfo().type + " cannot be compared");
    }
    return FloatTensor.takeOwnershipOf(shape, values);
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
