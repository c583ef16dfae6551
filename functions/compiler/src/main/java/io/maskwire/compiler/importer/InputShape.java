package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;

/** Shapes that a model declares for its inputs. */
final class InputShape {
  private InputShape() {}

  /** The declared shape; a batch dimension that is left open is 1. */
  static Shape of(ValueInfoProto input) {
    if (!input.getType().getTensorType().hasShape()) {
      throw new CorruptModelException("input '" + input.getName() + "' has no shape");
    }
    List<Integer> dimensions = new ArrayList<>();
    for (TensorShapeProto.Dimension dimension :
        input.getType().getTensorType().getShape().getDimList()) {
      dimensions.add(length(input.getName(), dimension, dimensions.size()));
    }
    try {
      return Positions.checkedShape(dimensions);
    } catch (UnsupportedNodeException e) {
      throw new CorruptModelException(
          "input '" + input.getName() + "' of shape " + dimensions + ": " + e.getMessage(), e);
    }
  }

  private static int length(String input, TensorShapeProto.Dimension dimension, int axis) {
    long length = dimension.getDimValue();
    boolean open = !dimension.hasDimValue() || length <= 0;
    if (open && axis > 0) {
      throw new CorruptModelException(
          "input '%s' leaves dimension %d open; only the first, the batch, may be"
              .formatted(input, axis));
    }
    if (length > Integer.MAX_VALUE) {
      throw new CorruptModelException("input '%s' has dimension %d".formatted(input, length));
    }
    return open ? 1 : (int) length;
  }
}
