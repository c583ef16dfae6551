package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public form of a model: the same nodes, with every parameter turned into an input of the
 * graph. Small whole-number constants stay, since they are shapes and axes; so do attributes such
 * as the slope of a LeakyRelu. Comments, metadata and fields that the format does not name go.
 */
public final class Stripper {
  /** Whole-number constants up to this size are shapes, axes or indices. */
  private static final int LARGEST_PUBLIC_CONSTANT = 64;

  private final Map<String, ValueInfoProto> inputs = new LinkedHashMap<>();

  private Stripper() {}

  /** The model without its parameters, serialized. */
  public static byte[] strip(OnnxModel model) {
    return new Stripper().run(known(model.proto())).toByteArray();
  }

  private static ModelProto known(ModelProto proto) {
    try {
      return DiscardUnknownFieldsParser.wrap(ModelProto.parser()).parseFrom(proto.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a parsed model does not parse again", e);
    }
  }

  private ModelProto run(ModelProto model) {
    return model.toBuilder()
        .clearDocString()
        .clearMetadataProps()
        .clearTrainingInfo()
        .setGraph(strip(model.getGraph()))
        .build();
  }

  private GraphProto strip(GraphProto graph) {
    for (ValueInfoProto input : graph.getInputList()) {
      inputs.put(input.getName(), plain(input));
    }
    List<TensorProto> kept = new ArrayList<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (isPublic(tensor)) {
        kept.add(plain(tensor));
      } else {
        addInput(tensor.getName(), tensor);
      }
    }
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      if (!becomesInput(node)) {
        nodes.add(plain(node));
      }
    }
    Set<String> inputNames = new HashSet<>(inputs.keySet());
    return graph.toBuilder()
        .clearDocString()
        .clearMetadataProps()
        .clearQuantizationAnnotation()
        .clearSparseInitializer()
        .clearInitializer()
        .addAllInitializer(kept)
        .clearNode()
        .addAllNode(nodes)
        .clearInput()
        .addAllInput(inputs.values())
        .clearOutput()
        .addAllOutput(graph.getOutputList().stream().map(Stripper::plain).toList())
        .clearValueInfo()
        .addAllValueInfo(
            graph.getValueInfoList().stream()
                .filter(info -> !inputNames.contains(info.getName()))
                .map(Stripper::plain)
                .toList())
        .build();
  }

  private static boolean isPublic(TensorProto tensor) {
    return isInteger(tensor.getDataType())
        && count(tensor.getDimsList()) <= LARGEST_PUBLIC_CONSTANT;
  }

  private static boolean isInteger(int type) {
    return switch (type) {
      case TensorProto.DataType.INT64_VALUE,
          TensorProto.DataType.INT32_VALUE,
          TensorProto.DataType.BOOL_VALUE ->
          true;
      default -> false;
    };
  }

  private static long count(Collection<Long> dimensions) {
    return dimensions.stream().reduce(1L, (a, b) -> a * b);
  }

  private void addInput(String name, TensorProto tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : tensor.getDimsList()) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(tensor.getDataType()).setShape(shape).build();
    inputs.put(
        name,
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(TypeProto.newBuilder().setTensorType(type))
            .build());
  }

  /** Turns a constant node of real numbers into an input; false if the node is something else. */
  private boolean becomesInput(NodeProto node) {
    if (!node.getOpType().equals("Constant") || node.getOutputCount() != 1) {
      return false;
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      switch (attribute.getName()) {
        case "value" -> {
          if (!isPublic(attribute.getT())) {
            addInput(node.getOutput(0), attribute.getT());
            return true;
          }
        }
        case "value_float" -> {
          addInput(node.getOutput(0), real());
          return true;
        }
        case "value_floats" -> {
          addInput(node.getOutput(0), real(attribute.getFloatsCount()));
          return true;
        }
        default -> {
          // other kinds hold no real numbers
        }
      }
    }
    return false;
  }

  private static TensorProto real(long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }

  private static ValueInfoProto plain(ValueInfoProto info) {
    return info.toBuilder().clearDocString().clearMetadataProps().build();
  }

  private static TensorProto plain(TensorProto tensor) {
    return tensor.toBuilder().clearDocString().clearMetadataProps().build();
  }

  private static NodeProto plain(NodeProto node) {
    NodeProto.Builder builder = node.toBuilder().clearDocString().clearMetadataProps();
    for (AttributeProto.Builder attribute : builder.getAttributeBuilderList()) {
      attribute.clearDocString();
    }
    return builder.build();
  }
}
