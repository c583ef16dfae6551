package io.maskwire.cli.demo;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes the perceptron as ONNX: input {@code volume} [1, 1, z, y, x], which is a NIfTI file's own
 * order with x fastest; Flatten, then Gemm and Relu in turn; output {@code network} [1, classes],
 * the logits. Between the layers nothing is normalised or scaled.
 */
final class OnnxFile {

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final String INPUT = "volume";
  private static final String OUTPUT = "network";

  private OnnxFile() {}

  static void write(Path file, Perceptron perceptron, VoxelGrid grid) throws IOException {
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("resting-state-network")
            .addInput(value(INPUT, 1, 1, grid.z(), grid.y(), grid.x()))
            .addOutput(value(OUTPUT, 1, perceptron.layers().getLast().outputs()))
            .addNode(node("Flatten", "flat", INPUT).addAttribute(integer("axis", 1)));
    int[] places = grid.brain();
    int width = grid.size();
    String values = "flat";
    for (int depth = 0; depth < perceptron.layers().size(); depth++) {
      DenseLayer layer = perceptron.layers().get(depth);
      boolean last = depth == perceptron.layers().size() - 1;
      String name = "layer" + (depth + 1);
      graph.addInitializer(weights(name + ".weight", layer, places, width));
      graph.addInitializer(tensor(name + ".bias", floats(layer.bias()), layer.outputs()));
      String sum = last ? OUTPUT : name + ".sum";
      graph.addNode(
          node("Gemm", sum, values, name + ".weight", name + ".bias")
              .addAttribute(integer("transB", 1)));
      if (!last) {
        values = name + ".relu";
        graph.addNode(node("Relu", values, sum));
        width = layer.outputs();
        places = IntStream.range(0, width).toArray();
      }
    }
    write(file, graph);
  }

  private static void write(Path file, OnnxMl.GraphProto.Builder graph) throws IOException {
    OnnxMl.ModelProto model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("maskwire")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph)
            .build();
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      model.writeTo(stream);
    }
  }

  /**
   * The layer's weights with its inputs at their places among {@code width}; the others count
   * nothing.
   */
  private static OnnxMl.TensorProto weights(
      String name, DenseLayer layer, int[] places, int width) {
    float[] row = new float[width];
    ByteBuffer bytes = littleEndian(Math.multiplyExact(layer.outputs(), width));
    for (float[] weights : layer.weights()) {
      for (int input = 0; input < places.length; input++) {
        row[places[input]] = weights[input];
      }
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    return tensor(name, bytes, layer.outputs(), width);
  }

  private static ByteBuffer floats(float[] values) {
    ByteBuffer bytes = littleEndian(values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes;
  }

  private static ByteBuffer littleEndian(int floats) {
    return ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, floats))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static OnnxMl.TensorProto tensor(String name, ByteBuffer bytes, long... dimensions) {
    // Wrapped, not copied: the first layer's weights are 87 MB, and nobody else holds the buffer.
    ByteString raw = UnsafeByteOperations.unsafeWrap(bytes.flip());
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .setRawData(raw);
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }

  private static OnnxMl.ValueInfoProto value(String name, long... dimensions) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }

  private static OnnxMl.NodeProto.Builder node(String operator, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setName(operator + "." + output)
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static OnnxMl.AttributeProto integer(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
