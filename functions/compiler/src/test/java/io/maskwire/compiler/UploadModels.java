package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Random;

/** Small models as bytes, as they are uploaded. */
public final class UploadModels {
  /** Elements of the input of {@link #perceptron}, whose shape is [1, 5]. */
  public static final int INPUTS = 5;

  private UploadModels() {}

  /** Two layers. */
  public static byte[] perceptron() {
    ModelBuilder builder = new ModelBuilder(13, new Random(1));
    String x = builder.input("x", 1, INPUTS);
    String product = builder.node("MatMul", List.of(x, builder.weights(1, INPUTS, 4)));
    String hidden = builder.node("Relu", List.of(product));
    builder.output(builder.node("MatMul", List.of(hidden, builder.weights(1, 4, 3))));
    return builder.model().proto().toByteArray();
  }

  /** Two nodes that are not supported: Softplus and Selu. */
  public static byte[] unsupported() {
    ModelBuilder builder = new ModelBuilder(13, new Random(1));
    String x = builder.input("x", 1, INPUTS);
    builder.output(builder.node("Selu", List.of(builder.node("Softplus", List.of(x)))));
    return builder.model().proto().toByteArray();
  }

  /** A calibration input. */
  public static byte[] sample(float value, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT_VALUE);
    int elements = 1;
    for (int side : shape) {
      tensor.addDims(side);
      elements *= side;
    }
    for (int i = 0; i < elements; i++) {
      tensor.addFloatData(value + i);
    }
    return tensor.build().toByteArray();
  }
}
