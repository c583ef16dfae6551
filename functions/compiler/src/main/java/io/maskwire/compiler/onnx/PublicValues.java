package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.crypto.ring.Shape;
import java.util.List;

/** Declarations of a graph's inputs and outputs: name, element type, dimensions, nothing else. */
final class PublicValues {
  private PublicValues() {}

  static ValueInfoProto of(String name, int type, Shape shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    shape
        .dimensions()
        .forEach(length -> dimensions.addDim(Dimension.newBuilder().setDimValue(length)));
    return info(name, tensor(type).setShape(dimensions));
  }

  /** An input of the model; open dimensions stay open and lose their names. */
  static ValueInfoProto input(ValueInfoProto declared) {
    TypeProto.Tensor tensor = declared.getType().getTensorType();
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Dimension dimension : tensor.getShape().getDimList()) {
      dimensions.addDim(known(dimension.getDimValue() > 0, dimension));
    }
    return info(declared.getName(), tensor(tensor.getElemType()).setShape(dimensions));
  }

  /** An output: of the declared dimensions those that are true. */
  static ValueInfoProto output(ValueInfoProto declared, Shape shape) {
    TypeProto.Tensor tensor = declared.getType().getTensorType();
    TypeProto.Tensor.Builder type = tensor(tensor.getElemType());
    List<Dimension> dimensions = tensor.getShape().getDimList();
    if (tensor.hasShape() && dimensions.size() == shape.rank()) {
      TensorShapeProto.Builder checked = TensorShapeProto.newBuilder();
      for (int i = 0; i < dimensions.size(); i++) {
        Dimension dimension = dimensions.get(i);
        checked.addDim(known(dimension.getDimValue() == shape.dimension(i), dimension));
      }
      type.setShape(checked);
    }
    return info(declared.getName(), type);
  }

  private static Dimension known(boolean known, Dimension dimension) {
    return known
        ? Dimension.newBuilder().setDimValue(dimension.getDimValue()).build()
        : Dimension.getDefaultInstance();
  }

  private static TypeProto.Tensor.Builder tensor(int type) {
    boolean known = type != DataType.UNDEFINED_VALUE && DataType.forNumber(type) != null;
    return TypeProto.Tensor.newBuilder().setElemType(known ? type : DataType.FLOAT_VALUE);
  }

  private static ValueInfoProto info(String name, TypeProto.Tensor.Builder type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
