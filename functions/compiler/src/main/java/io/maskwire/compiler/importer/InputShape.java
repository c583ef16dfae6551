package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;

/** Shapes that a model declares for its inputs. */
final class InputShape {
  private InputShape() {}

  /**
   * The declared shape; a batch dimension that is left open is 1.
   *
   * @throws UnsupportedNodeException if it leaves another open, or holds no elements or too many
   */
  static Shape of(ValueInfoProto input) {
    TypeProto.Tensor type = input.getType().getTensorType();
    if (!type.hasShape()) {
      throw new UnsupportedNodeException("it has no shape; export the model with a fixed one");
    }
    List<Integer> dimensions = new ArrayList<>();
    for (TensorShapeProto.Dimension dimension : type.getShape().getDimList()) {
      dimensions.add(length(dimension, dimensions.size()));
    }
    return Positions.checkedShape(dimensions);
  }

  private static int length(TensorShapeProto.Dimension dimension, int axis) {
    long length = dimension.getDimValue();
    if (dimension.hasDimValue() && length == 0) {
      throw new UnsupportedNodeException(
          "dimension %d is 0: a tensor without elements".formatted(axis));
    }
    boolean open = !dimension.hasDimValue() || length < 0;
    if (open && axis > 0) {
      throw new UnsupportedNodeException(
          "it leaves dimension %d open; only the first, the batch, may be".formatted(axis));
    }
    return open ? 1 : Math.toIntExact(Math.min(length, Integer.MAX_VALUE));
  }
}
