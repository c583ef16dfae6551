package io.maskwire.input;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;

/** An ONNX TensorProto (.pb), as in the ONNX backend tests: raw or typed numeric data. */
final class TensorProtoDecoder {
  private TensorProtoDecoder() {}

  static Samples decode(String name, byte[] bytes) {
    return decode(name, parse(name, bytes));
  }

  /** The tensor with what else the file says of it. */
  static TensorFile decodeFile(String name, byte[] bytes) {
    TensorProto tensor = parse(name, bytes);
    if (tensor.getDimsList().contains(0L)) {
      throw new UnsupportedInputException(
          name, "field dims " + tensor.getDimsList() + ": a tensor without elements");
    }
    Samples samples = decode(name, tensor);
    float[] values = new float[samples.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) samples.values()[i];
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    return new TensorFile(
        tensor.getName(),
        String.valueOf(type),
        FloatTensor.takeOwnershipOf(samples.shape(), values));
  }

  private static Samples decode(String name, TensorProto tensor) {
    if (tensor.getExternalDataCount() > 0
        || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new InputException(
          name, "field data_location: the data is in another file; save the tensor with its data");
    }
    if (tensor.hasSegment()) {
      throw new InputException(
          name, "field segment: segmented tensors are not read; save it whole");
    }
    long[] sides = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int count = Samples.count(name, "field dims " + tensor.getDimsList(), sides);
    int[] dimensions = new int[sides.length];
    for (int i = 0; i < sides.length; i++) {
      dimensions[i] = (int) sides[i];
    }
    SampleType type = sampleType(name, tensor.getDataType());
    double[] values =
        tensor.hasRawData() ? raw(name, tensor, type, count) : typed(name, tensor, type, count);
    return new Samples(InputKind.TENSOR, Shape.of(dimensions), values);
  }

  private static TensorProto parse(String name, byte[] bytes) {
    if (bytes.length == 0) {
      throw new InputException(name, "the file is empty; a TensorProto is expected");
    }
    try {
      return TensorProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new InputException(
          name, "not an ONNX TensorProto, or truncated: " + e.getMessage() + "; save it again", e);
    }
  }

  private static double[] raw(String name, TensorProto tensor, SampleType type, int count) {
    ByteBuffer data = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    checkCount(name, "raw_data bytes", (long) count * type.bytes(), data.remaining());
    return type.decode(data.slice().order(ByteOrder.LITTLE_ENDIAN), count);
  }

  private static double[] typed(String name, TensorProto tensor, SampleType type, int count) {
    return switch (type) {
      case FLOAT32 ->
          read(name, "float_data", count, tensor.getFloatDataCount(), tensor::getFloatData);
      case FLOAT64 ->
          read(name, "double_data", count, tensor.getDoubleDataCount(), tensor::getDoubleData);
      case INT64 ->
          read(name, "int64_data", count, tensor.getInt64DataCount(), i -> tensor.getInt64Data(i));
      case UINT32, UINT64 ->
          read(
              name,
              "uint64_data",
              count,
              tensor.getUint64DataCount(),
              i -> fromUint64(tensor.getUint64Data(i), type));
      case BFLOAT16, BOOL, FLOAT16, INT16, INT32, INT8, UINT16, UINT8 ->
          read(
              name,
              "int32_data",
              count,
              tensor.getInt32DataCount(),
              i -> fromInt32(tensor.getInt32Data(i), type));
    };
  }

  private static double[] read(
      String name, String field, int count, int present, IntToDoubleFunction get) {
    checkCount(name, field + " elements", count, present);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = get.applyAsDouble(i);
    }
    return values;
  }

  private static void checkCount(String name, String field, long needed, long present) {
    if (needed != present) {
      throw new InputException(
          name, "field dims needs " + needed + " " + field + ", the file has " + present);
    }
  }

  private static double fromUint64(long value, SampleType type) {
    return SampleType.unsignedToDouble(type == SampleType.UINT32 ? value & 0xffffffffL : value);
  }

  /** Values narrower than 32 bits, floats of 16 bits by their bit pattern (onnx.proto). */
  private static double fromInt32(int value, SampleType type) {
    return switch (type) {
      case BFLOAT16 -> Float.intBitsToFloat(value << 16);
      case BOOL -> value == 0 ? 0 : 1;
      case FLOAT16 -> Float.float16ToFloat((short) value);
      case INT16 -> (short) value;
      case INT8 -> (byte) value;
      case UINT16 -> value & 0xffff;
      case UINT8 -> value & 0xff;
      case FLOAT32, FLOAT64, INT32, INT64, UINT32, UINT64 -> value;
    };
  }

  private static SampleType sampleType(String name, int code) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(code);
    if (type == null) {
      throw new InputException(
          name, "field data_type: number " + code + " is unknown; save the tensor as FLOAT");
    }
    return switch (type) {
      case FLOAT -> SampleType.FLOAT32;
      case UINT8 -> SampleType.UINT8;
      case INT8 -> SampleType.INT8;
      case UINT16 -> SampleType.UINT16;
      case INT16 -> SampleType.INT16;
      case INT32 -> SampleType.INT32;
      case INT64 -> SampleType.INT64;
      case BOOL -> SampleType.BOOL;
      case FLOAT16 -> SampleType.FLOAT16;
      case BFLOAT16 -> SampleType.BFLOAT16;
      case DOUBLE -> SampleType.FLOAT64;
      case UINT32 -> SampleType.UINT32;
      case UINT64 -> SampleType.UINT64;
      default ->
          throw new UnsupportedInputException(
              name, "field data_type: " + type + " is not read; save the tensor as FLOAT");
    };
  }
}
