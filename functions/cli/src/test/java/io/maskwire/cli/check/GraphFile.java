package io.maskwire.cli.check;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** ONNX files and tensor files of tests, node by node. */
public final class GraphFile {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");
  private long irVersion = 9;

  /** A side is a number, or a name where it is left open. */
  public GraphFile input(String name, DataType type, Object... sides) {
    graph.addInput(value(name, type, sides));
    return this;
  }

  public GraphFile output(String name, DataType type, Object... sides) {
    graph.addOutput(value(name, type, sides));
    return this;
  }

  public GraphFile constant(String name, int[] sides, double... values) {
    graph.addInitializer(proto(name, DataType.FLOAT, sides, values));
    return this;
  }

  public GraphFile shape(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64.getNumber())
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return this;
  }

  /** A node; {@code inputs} and {@code outputs} are separated by blanks. */
  public GraphFile node(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(operator + "_" + graph.getNodeCount())
            .setOpType(operator)
            .addAllInput(List.of(inputs.split(" ", -1)))
            .addAllOutput(List.of(outputs.split(" ", -1)))
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  public GraphFile irVersion(long version) {
    irVersion = version;
    return this;
  }

  public Path write(Path file) {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(irVersion)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
            .setGraph(graph)
            .build();
    return write(file, model.toByteArray());
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static AttributeProto list(String name, int... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  public static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** A TensorProto file. */
  public static Path tensor(Path file, String name, DataType type, int[] sides, double... values) {
    return write(file, proto(name, type, sides, values).toByteArray());
  }

  private static TensorProto proto(String name, DataType type, int[] sides, double... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(sides).forEach(tensor::addDims);
    for (double value : values) {
      switch (type) {
        case FLOAT -> tensor.addFloatData((float) value);
        case DOUBLE -> tensor.addDoubleData(value);
        case FLOAT16 -> tensor.addInt32Data(Float.floatToFloat16((float) value) & 0xffff);
        case BFLOAT16 -> tensor.addInt32Data(Float.floatToIntBits((float) value) >>> 16);
        case INT64 -> tensor.addInt64Data((long) value);
        case STRING -> tensor.addStringData(ByteString.copyFromUtf8("a"));
        default -> tensor.addInt32Data((int) value);
      }
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, DataType type, Object... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object side : sides) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (side instanceof Integer number) {
        dimension.setDimValue(number);
      } else {
        dimension.setDimParam(side.toString());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
