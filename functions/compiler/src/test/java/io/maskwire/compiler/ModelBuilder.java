package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small ONNX models for tests. */
final class ModelBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final Random random;
  private final long opset;
  private int names;

  ModelBuilder(long opset, Random random) {
    this.opset = opset;
    this.random = random;
  }

  Random random() {
    return random;
  }

  String input(String name, int... shape) {
    inputs.put(name, Shape.of(shape));
    graph.addInput(info(name, TensorProto.DataType.FLOAT, shape));
    return name;
  }

  /** An input of another type than float, which {@link #randomInputs} does not fill. */
  String input(String name, TensorProto.DataType type, int... shape) {
    graph.addInput(info(name, type, shape));
    return name;
  }

  void output(String name) {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder()
                            .setElemType(TensorProto.DataType.FLOAT_VALUE))));
  }

  void integerOutput(String name) {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder()
                            .setElemType(TensorProto.DataType.INT64_VALUE))));
  }

  static ValueInfoProto info(String name, TensorProto.DataType type, int... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int length : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  /** Random weights, about as large as trained ones. */
  String weights(double magnitude, int... shape) {
    float[] values = new float[Shape.of(shape).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * magnitude);
    }
    return floats(shape, values);
  }

  /** Random positive weights. */
  String positive(int... shape) {
    float[] values = new float[Shape.of(shape).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return floats(shape, values);
  }

  String floats(int[] shape, float... values) {
    TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT, shape);
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(4 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes)));
    return tensor.getName();
  }

  String integers(long... values) {
    TensorProto.Builder tensor = tensor(TensorProto.DataType.INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A constant of any type, little-endian. */
  String raw(TensorProto.DataType type, int[] shape, byte... bytes) {
    TensorProto.Builder tensor = tensor(type, shape);
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes)));
    return tensor.getName();
  }

  /** A constant as it is, but for its name if it has none. */
  String initializer(TensorProto tensor) {
    String name = tensor.getName().isEmpty() ? "w" + names++ : tensor.getName();
    graph.addInitializer(tensor.toBuilder().setName(name));
    return name;
  }

  private TensorProto.Builder tensor(TensorProto.DataType type, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("w" + names++).setDataType(type.getNumber());
    for (int length : shape) {
      tensor.addDims(length);
    }
    return tensor;
  }

  /** A node with one output, whose name it returns. */
  String node(String operator, List<String> inputNames, AttributeProto... attributes) {
    return node(operator, 1, inputNames, attributes).getFirst();
  }

  List<String> node(
      String operator, int outputs, List<String> inputNames, AttributeProto... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(operator + names)
            .addAllInput(inputNames);
    for (int i = 0; i < outputs; i++) {
      node.addOutput("t" + names++);
    }
    for (AttributeProto attribute : attributes) {
      node.addAttribute(attribute);
    }
    graph.addNode(node);
    return List.copyOf(node.getOutputList());
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto list(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  ModelProto proto() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  byte[] bytes() {
    return proto().toByteArray();
  }

  OnnxModel model() {
    return OnnxModel.parse("test", bytes());
  }

  /** Random inputs of the model, within the default bound. */
  Map<String, FloatTensor> randomInputs() {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    inputs.forEach(
        (name, shape) -> {
          float[] values = new float[shape.elements()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.clamp(random.nextGaussian(), -7, 7);
          }
          tensors.put(name, FloatTensor.takeOwnershipOf(shape, values));
        });
    return tensors;
  }

  /** Inputs at the default bound: all positive, all negative, then of random sign. */
  List<FloatTensor> extremeInputs(int run) {
    return inputs.values().stream()
        .map(
            shape -> {
              float[] values = new float[shape.elements()];
              for (int i = 0; i < values.length; i++) {
                boolean positive = run > 1 ? random.nextBoolean() : run == 0;
                values[i] = (float) CompilerOptions.DEFAULT_INPUT_BOUND * (positive ? 1 : -1);
              }
              return FloatTensor.takeOwnershipOf(shape, values);
            })
        .toList();
  }
}
