package io.maskwire.cli.bench;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.NpyWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Writes networks of known architectures as ONNX, their weights drawn from a seed: costs depend on
 * the architecture and on the size of activations alone. Nodes are named by their output.
 */
final class NetworkFile {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private final Random random = new Random(5);
  private final OnnxMl.GraphProto.Builder graph;

  NetworkFile(String name) {
    graph = OnnxMl.GraphProto.newBuilder().setName(name);
  }

  /** The model's input and output. */
  NetworkFile between(String input, List<Long> inputShape, String output, List<Long> outputShape) {
    graph.addInput(value(input, inputShape)).addOutput(value(output, outputShape));
    return this;
  }

  /**
   * A convolution's square kernels.
   *
   * @param side of a kernel
   * @param stride in both directions
   * @param pad zeros on each side
   * @param gain size of the results beside that of the inputs: a branch that is added to another
   *     has a small one
   */
  record Kernel(int side, long stride, long pad, double gain) {
    Kernel(int side, long stride, long pad) {
      this(side, stride, pad, 1);
    }
  }

  /** A convolution from {@code inputs} to {@code outputs} channels. */
  void convolution(String input, String output, long outputs, long inputs, Kernel kernel) {
    graph.addInitializer(
        weights(output + ".weight", kernel.gain(), outputs, inputs, kernel.side(), kernel.side()));
    square(node("Conv", output, input, output + ".weight"), kernel);
  }

  /** A largest value of each square. */
  void maxPool(String input, String output, Kernel kernel) {
    square(node("MaxPool", output, input), kernel);
  }

  private static void square(OnnxMl.NodeProto.Builder node, Kernel kernel) {
    node.addAttribute(integers("kernel_shape", Collections.nCopies(2, (long) kernel.side())))
        .addAttribute(integers("strides", Collections.nCopies(2, kernel.stride())))
        .addAttribute(integers("pads", Collections.nCopies(4, kernel.pad())));
  }

  /** A fully connected layer. */
  void dense(String input, String output, long outputs, long inputs) {
    graph.addInitializer(weights(output + ".weight", 1, outputs, inputs));
    node("Gemm", output, input, output + ".weight")
        .addAttribute(
            OnnxMl.AttributeProto.newBuilder()
                .setName("transB")
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(1));
  }

  /** A node without attributes. */
  OnnxMl.NodeProto.Builder node(String operator, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setName(output)
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  /** Of such a size that activations keep theirs from layer to layer (He et al., ICCV 2015). */
  private OnnxMl.TensorProto weights(String name, double gain, long... shape) {
    int count = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
    double deviation = gain * Math.sqrt(2.0 * shape[0] / count);
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

  /** Writes the model to {@code file}. */
  void write(Path file) throws IOException {
    OnnxMl.ModelProto model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("maskwire")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph)
            .build();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model.writeTo(out);
    }
  }

  /** Writes an input of {@code shape}, normally distributed, into {@code folder}, alone there. */
  static Path input(Path folder, int... shape) throws IOException {
    Random random = new Random(7);
    float[] values = new float[IntStream.of(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Path file = Files.createDirectories(folder).resolve("input.npy");
    NpyWriter.write(file, FloatTensor.takeOwnershipOf(Shape.of(shape), values));
    return file;
  }

  private static OnnxMl.AttributeProto integers(String name, List<Long> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  private static OnnxMl.ValueInfoProto value(String name, List<Long> dimensions) {
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
