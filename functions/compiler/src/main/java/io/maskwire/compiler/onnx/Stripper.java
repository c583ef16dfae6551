package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.maskwire.crypto.ring.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public form of a model, built anew from what is named here, so that nothing else can get into
 * it: the version of the operator set; the live nodes by name, operator and {@link
 * OperatorAttributes attributes} that the importer read; inputs and outputs. Whole numbers that the
 * importer used as shapes, axes or indices stay. Every other constant is a parameter and becomes an
 * input of the graph, of which name, type and shape are public.
 */
public final class Stripper {
  /** From this version of the format on, initializers need not be inputs. */
  private static final long FIRST_FORMAT = 4;

  private static final long LAST_FORMAT = 13;

  private final OnnxModel model;
  private final GraphProto graph;
  private final PublicConstants constants;
  private final List<TensorProto> initializers = new ArrayList<>();
  private final Map<String, ValueInfoProto> parameters = new LinkedHashMap<>();

  private Stripper(OnnxModel model, PublicConstants constants) {
    this.model = model;
    this.graph = model.proto().getGraph();
    this.constants = constants;
  }

  /**
   * The model without its parameters, serialized.
   *
   * @param constants what the importer used
   * @throws IllegalArgumentException naming a node whose attributes are not known
   */
  public static byte[] strip(OnnxModel model, PublicConstants constants) {
    return new Stripper(model, constants).run().toByteArray();
  }

  private ModelProto run() {
    return ModelProto.newBuilder()
        .setIrVersion(Math.clamp(model.proto().getIrVersion(), FIRST_FORMAT, LAST_FORMAT))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(model.opset()))
        .setGraph(stripped())
        .build();
  }

  private GraphProto stripped() {
    GraphProto.Builder result = GraphProto.newBuilder().setName(model.name());
    LiveNodes all = LiveNodes.of(graph);
    Set<String> initialized = new HashSet<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      initialized.add(tensor.getName());
      if (all.isRead(tensor.getName())) {
        addConstant(tensor.getName(), tensor.getDataType());
      }
    }
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(input -> !initialized.contains(input.getName()))
            .toList();
    List<ValueInfoProto> outputs = graph.getOutputList();
    List<NodeProto> nodes = new ArrayList<>();
    all.nodes().forEach(node -> addNode(nodes, node));
    List<NodeProto> live = LiveNodes.of(nodes, outputs).nodes();
    Set<String> read = new HashSet<>();
    live.forEach(node -> read.addAll(node.getInputList()));
    inputs.forEach(input -> result.addInput(PublicValues.input(input)));
    parameters.values().stream()
        .filter(parameter -> read.contains(parameter.getName()))
        .forEach(result::addInput);
    initializers.stream()
        .filter(tensor -> read.contains(tensor.getName()))
        .forEach(result::addInitializer);
    outputs.forEach(
        output -> result.addOutput(PublicValues.output(output, shape(output.getName()))));
    return result.addAllNode(live).build();
  }

  private Shape shape(String name) {
    Shape shape = constants.shapes().get(name);
    if (shape == null) {
      throw new IllegalArgumentException("nothing is known of '" + name + "', which is published");
    }
    return shape;
  }

  /** An initializer: as it is if it is public, as an input if it is a parameter. */
  private void addConstant(String name, int type) {
    if (isStructure(name, type)) {
      initializers.add(structure(name, type).setName(name).build());
    } else {
      addParameter(name, type);
    }
  }

  private void addParameter(String name, int type) {
    parameters.put(name, PublicValues.of(name, type, shape(name)));
  }

  private boolean isStructure(String name, int type) {
    return constants.structure().containsKey(name)
        && switch (type) {
          case DataType.BOOL_VALUE, DataType.INT32_VALUE, DataType.INT64_VALUE -> true;
          default -> false;
        };
  }

  private ConstantTensor.Integers structure(String name) {
    ConstantTensor.Integers tensor = constants.structure().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("'" + name + "' is not public");
    }
    return tensor;
  }

  private TensorProto.Builder structure(String name, int type) {
    ConstantTensor.Integers tensor = structure(name);
    return encoded(tensor.toIntegers(), type)
        .addAllDims(tensor.shape().dimensions().stream().map(Integer::longValue).toList());
  }

  private static TensorProto.Builder encoded(long[] values, int type) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      switch (type) {
        case DataType.BOOL_VALUE -> bytes.put((byte) (value == 0 ? 0 : 1));
        case DataType.INT32_VALUE -> bytes.putInt((int) value);
        default -> bytes.putLong(value);
      }
    }
    return TensorProto.newBuilder().setDataType(type).setRawData(ByteString.copyFrom(bytes.flip()));
  }

  private void addNode(List<NodeProto> nodes, NodeProto node) {
    switch (node.getOpType()) {
      case "Constant" -> addConstantNode(nodes, node);
      case "ConstantOfShape" -> addFilled(nodes, node);
      default -> {
        Set<String> read =
            constants.attributes().getOrDefault(List.copyOf(node.getOutputList()), Set.of());
        nodes.add(rebuilt(node).addAllAttribute(OperatorAttributes.of(node, read)).build());
      }
    }
  }

  private void addConstantNode(List<NodeProto> nodes, NodeProto node) {
    String name = node.getOutput(0);
    int type = typeOf(node);
    if (isStructure(name, type)) {
      nodes.add(withValue(node, structure(name, type)));
    } else {
      addParameter(name, type);
    }
  }

  /** A tensor of equal elements: without a value, of zeros. */
  private void addFilled(List<NodeProto> nodes, NodeProto node) {
    Attributes attributes = new Attributes(node);
    String name = node.getOutput(0);
    if (!attributes.has("value")) {
      nodes.add(rebuilt(node).build());
      return;
    }
    int type = typeOf(node);
    if (isStructure(name, type)) {
      long[] elements = structure(name).toIntegers();
      long[] value = {elements.length == 0 ? 0 : elements[0]};
      nodes.add(withValue(node, encoded(value, type).addDims(1)));
    } else {
      addParameter(name, type);
    }
  }

  private static NodeProto withValue(NodeProto node, TensorProto.Builder value) {
    return rebuilt(node)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value))
        .build();
  }

  private static int typeOf(NodeProto constant) {
    Attributes attributes = new Attributes(constant);
    if (attributes.has("value_int") || attributes.has("value_ints")) {
      return DataType.INT64_VALUE;
    }
    return attributes.tensor("value").map(TensorProto::getDataType).orElse(DataType.FLOAT_VALUE);
  }

  private static NodeProto.Builder rebuilt(NodeProto node) {
    boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    if (!standard || !OperatorAttributes.isKnown(node.getOpType())) {
      throw new IllegalArgumentException(
          "node '%s' (%s): which of its attributes are public is not known"
              .formatted(node.getName(), node.getOpType()));
    }
    return NodeProto.newBuilder()
        .setName(node.getName())
        .setOpType(node.getOpType())
        .addAllInput(node.getInputList())
        .addAllOutput(node.getOutputList());
  }
}
