package io.maskwire.cli.bench;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A network of the size and shape of LeNet-5 (LeCun et al., 1998) with ReLU and max pooling, its
 * weights drawn at random: costs depend on the architecture alone.
 */
final class LeNetFile {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private final Random random = new Random(5);
  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("lenet");

  private LeNetFile() {}

  /** Writes the network to {@code file}: input [1, 1, 28, 28], output [1, 10]. */
  static void write(Path file) throws IOException {
    OnnxMl.ModelProto model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("maskwire")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(new LeNetFile().build())
            .build();
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    }
  }

  private OnnxMl.GraphProto.Builder build() {
    graph.addInput(value("image", 1, 1, 28, 28)).addOutput(value("scores", 1, 10));
    convolution("image", "c1", List.of(2L, 2L, 2L, 2L), 6, 1, 5, 5);
    node("Relu", "r1", "c1");
    pool("r1", "p1");
    convolution("p1", "c2", List.of(0L, 0L, 0L, 0L), 16, 6, 5, 5);
    node("Relu", "r2", "c2");
    pool("r2", "p2");
    node("Flatten", "flat", "p2");
    dense("flat", "d1", 120, 400);
    node("Relu", "r3", "d1");
    dense("r3", "d2", 84, 120);
    node("Relu", "r4", "d2");
    dense("r4", "scores", 10, 84);
    return graph;
  }

  private void convolution(String input, String output, List<Long> pads, long... shape) {
    graph.addInitializer(weights(output + ".weight", shape));
    node("Conv", output, input, output + ".weight").addAttribute(integers("pads", pads));
  }

  private void pool(String input, String output) {
    node("MaxPool", output, input)
        .addAttribute(integers("kernel_shape", List.of(2L, 2L)))
        .addAttribute(integers("strides", List.of(2L, 2L)));
  }

  private void dense(String input, String output, long outputs, long inputs) {
    graph.addInitializer(weights(output + ".weight", outputs, inputs));
    node("Gemm", output, input, output + ".weight")
        .addAttribute(
            OnnxMl.AttributeProto.newBuilder()
                .setName("transB")
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(1));
  }

  /** Of such a size that activations keep theirs from layer to layer. */
  private OnnxMl.TensorProto weights(String name, long... shape) {
    int count = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
    double deviation = Math.sqrt(2.0 * shape[0] / count);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) (deviation * random.nextGaussian()));
    }
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes.flip()));
    LongStream.of(shape).forEach(tensor::addDims);
    return tensor.build();
  }

  private OnnxMl.NodeProto.Builder node(String operator, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setName(output)
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static OnnxMl.AttributeProto integers(String name, List<Long> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  private static OnnxMl.ValueInfoProto value(String name, long... dimensions) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    OnnxMl.TypeProto.Tensor.Builder tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape);
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
