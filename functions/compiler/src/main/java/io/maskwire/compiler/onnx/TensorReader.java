package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes constants: raw or typed fields, or external data. Declared sizes are compared with the
 * data before anything is allocated.
 */
public final class TensorReader {
  private final ExternalData external;

  /** A reader for the constants of {@code model}. */
  public TensorReader(OnnxModel model) {
    this.external = new ExternalData(model.folder());
  }

  /**
   * The tensor's elements.
   *
   * @throws CorruptModelException if declaration and data disagree
   */
  public ConstantTensor read(TensorProto tensor) {
    Shape shape = shape(tensor.getName(), tensor.getDimsList());
    DataType type = DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw corrupt(tensor, "has data type number " + tensor.getDataType());
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return raw(tensor, type, shape, external.read(tensor, bytes(tensor, type, shape)));
    }
    if (tensor.hasRawData()) {
      return raw(tensor, type, shape, tensor.getRawData().asReadOnlyByteBuffer());
    }
    return typed(tensor, type, shape);
  }

  /** False if the elements of {@code tensor} are of a valid type that is not read: text, say. */
  public static boolean isReadable(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return type == null || type == DataType.UNDEFINED || isNumber(type);
  }

  private static boolean isNumber(DataType type) {
    return switch (type) {
      case FLOAT,
          DOUBLE,
          FLOAT16,
          BFLOAT16,
          INT64,
          UINT64,
          INT32,
          UINT32,
          INT16,
          UINT16,
          INT8,
          UINT8,
          BOOL ->
          true;
      default -> false;
    };
  }

  /**
   * The shape with these dimensions.
   *
   * @throws CorruptModelException if a dimension is negative or the product too large
   */
  static Shape shape(String name, List<Long> dimensions) {
    List<Integer> checked = new ArrayList<>();
    long elements = 1;
    for (long dimension : dimensions) {
      if (dimension < 0 || dimension > OnnxModel.LARGEST_TENSOR) {
        throw new CorruptModelException(
            "tensor '" + name + "' has dimension " + dimension + " in " + dimensions);
      }
      elements *= Math.max(1, dimension);
      if (elements > OnnxModel.LARGEST_TENSOR) {
        throw new CorruptModelException("tensor '" + name + "' is too large: " + dimensions);
      }
      checked.add((int) dimension);
    }
    return new Shape(checked);
  }

  private static long bytes(TensorProto tensor, DataType type, Shape shape) {
    return (long) shape.elements() * elementBytes(tensor, type);
  }

  private static int elementBytes(TensorProto tensor, DataType type) {
    return switch (type) {
      case FLOAT, INT32, UINT32 -> 4;
      case DOUBLE, INT64, UINT64 -> 8;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case INT8, UINT8, BOOL -> 1;
      default -> throw corrupt(tensor, "has unsupported element type " + type);
    };
  }

  private static ConstantTensor raw(
      TensorProto tensor, DataType type, Shape shape, ByteBuffer data) {
    if (data.remaining() != bytes(tensor, type, shape)) {
      throw corrupt(
          tensor,
          "of shape %s and type %s needs %d bytes, has %d"
              .formatted(shape, type, bytes(tensor, type, shape), data.remaining()));
    }
    ByteBuffer buffer = data.order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FLOAT -> floats(shape, i -> buffer.getFloat(4 * i));
      case DOUBLE -> floats(shape, i -> (float) buffer.getDouble(8 * i));
      case FLOAT16 -> floats(shape, i -> Float.float16ToFloat(buffer.getShort(2 * i)));
      case BFLOAT16 -> floats(shape, i -> Float.intBitsToFloat(buffer.getShort(2 * i) << 16));
      case INT32 -> integers(shape, i -> buffer.getInt(4 * i));
      case UINT32 -> integers(shape, i -> Integer.toUnsignedLong(buffer.getInt(4 * i)));
      case INT64, UINT64 -> integers(shape, i -> buffer.getLong(8 * i));
      case INT16 -> integers(shape, i -> buffer.getShort(2 * i));
      case UINT16 -> integers(shape, i -> Short.toUnsignedLong(buffer.getShort(2 * i)));
      case INT8, BOOL -> integers(shape, buffer::get);
      case UINT8 -> integers(shape, i -> Byte.toUnsignedLong(buffer.get(i)));
      default -> throw corrupt(tensor, "has unsupported element type " + type);
    };
  }

  private static ConstantTensor typed(TensorProto tensor, DataType type, Shape shape) {
    return switch (type) {
      case FLOAT -> {
        requireCount(tensor, shape, tensor.getFloatDataCount());
        yield floats(shape, tensor::getFloatData);
      }
      case DOUBLE -> {
        requireCount(tensor, shape, tensor.getDoubleDataCount());
        yield floats(shape, i -> (float) tensor.getDoubleData(i));
      }
      case FLOAT16 -> {
        requireCount(tensor, shape, tensor.getInt32DataCount());
        yield floats(shape, i -> Float.float16ToFloat((short) tensor.getInt32Data(i)));
      }
      case BFLOAT16 -> {
        requireCount(tensor, shape, tensor.getInt32DataCount());
        yield floats(shape, i -> Float.intBitsToFloat(tensor.getInt32Data(i) << 16));
      }
      case INT64 -> {
        requireCount(tensor, shape, tensor.getInt64DataCount());
        yield integers(shape, tensor::getInt64Data);
      }
      case UINT32, UINT64 -> {
        requireCount(tensor, shape, tensor.getUint64DataCount());
        yield integers(shape, tensor::getUint64Data);
      }
      case INT32, INT16, UINT16, INT8, UINT8, BOOL -> {
        requireCount(tensor, shape, tensor.getInt32DataCount());
        yield integers(shape, tensor::getInt32Data);
      }
      default -> throw corrupt(tensor, "has unsupported element type " + type);
    };
  }

  private static void requireCount(TensorProto tensor, Shape shape, int count) {
    if (count != shape.elements()) {
      throw corrupt(
          tensor,
          "of shape %s needs %d elements, has %d".formatted(shape, shape.elements(), count));
    }
  }

  private interface FloatAt {
    float get(int index);
  }

  private interface LongAt {
    long get(int index);
  }

  private static ConstantTensor floats(Shape shape, FloatAt source) {
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.get(i);
    }
    return new ConstantTensor.Floats(FloatTensor.takeOwnershipOf(shape, values));
  }

  private static ConstantTensor integers(Shape shape, LongAt source) {
    long[] values = new long[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.get(i);
    }
    return ConstantTensor.Integers.takeOwnershipOf(shape, values);
  }

  private static CorruptModelException corrupt(TensorProto tensor, String message) {
    return new CorruptModelException("tensor '" + tensor.getName() + "' " + message);
  }
}
