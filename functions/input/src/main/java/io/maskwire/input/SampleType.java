package io.maskwire.input;

import java.nio.ByteBuffer;

/** Number formats of samples in files, each converted to double exactly where double can. */
enum SampleType {
  BFLOAT16(2),
  BOOL(1),
  FLOAT16(2),
  FLOAT32(4),
  FLOAT64(8),
  INT16(2),
  INT32(4),
  INT64(8),
  INT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  UINT8(1);

  private final int bytes;

  SampleType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per sample. */
  int bytes() {
    return bytes;
  }

  /** The first {@code count} samples of {@code source}, from index 0, in its byte order. */
  double[] decode(ByteBuffer source, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = decodeOne(source, i * bytes);
    }
    return values;
  }

  private double decodeOne(ByteBuffer source, int offset) {
    return switch (this) {
      case BFLOAT16 -> Float.intBitsToFloat(source.getShort(offset) << 16);
      case BOOL -> source.get(offset) == 0 ? 0 : 1;
      case FLOAT16 -> Float.float16ToFloat(source.getShort(offset));
      case FLOAT32 -> source.getFloat(offset);
      case FLOAT64 -> source.getDouble(offset);
      case INT16 -> source.getShort(offset);
      case INT32 -> source.getInt(offset);
      case INT64 -> (double) source.getLong(offset);
      case INT8 -> source.get(offset);
      case UINT16 -> source.getShort(offset) & 0xffff;
      case UINT32 -> source.getInt(offset) & 0xffffffffL;
      case UINT64 -> unsignedToDouble(source.getLong(offset));
      case UINT8 -> source.get(offset) & 0xff;
    };
  }

  /** Nearest double; the lowest bit is kept sticky so that halving does not round twice. */
  static double unsignedToDouble(long value) {
    return value >= 0 ? (double) value : ((value >>> 1) | (value & 1)) * 2.0;
  }
}
