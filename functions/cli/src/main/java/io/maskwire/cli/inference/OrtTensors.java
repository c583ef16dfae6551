package io.maskwire.cli.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Tensors of ONNX Runtime's types, from floats and back. */
final class OrtTensors {
  private OrtTensors() {}

  /**
   * {@code tensor} in the type that the model declares.
   *
   * @param declared the input as ONNX Runtime knows it; null for one that it does not know, which
   *     it then refuses by name
   */
  static OnnxTensor of(OrtEnvironment environment, FloatTensor tensor, @Nullable NodeInfo declared)
      throws OrtException {
    long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    float[] values = tensor.values();
    OnnxJavaType type =
        declared != null && declared.getInfo() instanceof TensorInfo info
            ? info.type
            : OnnxJavaType.FLOAT;
    return switch (type) {
      case FLOAT -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
      case DOUBLE -> OnnxTensor.createTensor(environment, doubles(values), shape);
      case FLOAT16 ->
          OnnxTensor.createTensor(
              environment,
              Fp16Conversions.convertFloatBufferToFp16Buffer(FloatBuffer.wrap(values)),
              shape,
              type);
      case BFLOAT16 ->
          OnnxTensor.createTensor(
              environment,
              Fp16Conversions.convertFloatBufferToBf16Buffer(FloatBuffer.wrap(values)),
              shape,
              type);
      default ->
          throw new IllegalArgumentException(
              "the model takes an input of type " + type + ", which is no real number");
    };
  }

  private static DoubleBuffer doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return DoubleBuffer.wrap(wide);
  }

  /** The values of {@code output}, which is called {@code name}. */
  static FloatTensor floats(String name, OnnxValue output) {
    if (!(output instanceof OnnxTensor tensor)) {
      throw new IllegalArgumentException(
          "output '%s' is no tensor, but a %s".formatted(name, output.getType()));
    }
    TensorInfo info = tensor.getInfo();
    int[] dimensions = Arrays.stream(info.getShape()).mapToInt(Math::toIntExact).toArray();
    Shape shape = Shape.of(dimensions);
    float[] values = new float[shape.elements()];
    if (values.length > 0) {
      IntToDoubleFunction get = reader(name, tensor, info.type);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) get.applyAsDouble(i);
      }
    }
    return FloatTensor.takeOwnershipOf(shape, values);
  }

  private static IntToDoubleFunction reader(String name, OnnxTensor tensor, OnnxJavaType type) {
    switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 -> {
        FloatBuffer floats = tensor.getFloatBuffer();
        return floats::get;
      }
      case DOUBLE -> {
        DoubleBuffer doubles = tensor.getDoubleBuffer();
        return doubles::get;
      }
      case INT64 -> {
        LongBuffer longs = tensor.getLongBuffer();
        return longs::get;
      }
      case INT32 -> {
        IntBuffer integers = tensor.getIntBuffer();
        return integers::get;
      }
      case INT16 -> {
        ShortBuffer shorts = tensor.getShortBuffer();
        return shorts::get;
      }
      case INT8 -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        return bytes::get;
      }
      case UINT8 -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        return i -> bytes.get(i) & 0xff;
      }
      case BOOL -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        return i -> bytes.get(i) == 0 ? 0 : 1;
      }
      default ->
          throw new IllegalArgumentException(
              "output '%s' of type %s cannot be compared".formatted(name, type));
    }
  }
}
