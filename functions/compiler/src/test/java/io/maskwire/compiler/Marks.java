package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.maskwire.crypto.wire.ByteWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.zip.InflaterInputStream;

/** Values that occur nowhere by chance, and every form in which a file could have them. */
final class Marks {
  static final String TEXT = "kmQ7vXw2Zr";

  /** Small enough for a parameter, large enough to be found. */
  static final long WHOLE = 718_281;

  static final float REAL = 1234.5679f;

  /** For types of one or two bytes, where one value says nothing. */
  static final List<Integer> SEQUENCE = List.of(90, 23, 59, 41, 113, 7, 101, 67);

  /** Fractional bits that a number of a program could have. */
  private static final int LARGEST_SCALE = 48;

  /** Before the deflated body of a program: magic, version and length. */
  private static final int PROGRAM_HEAD_BYTES = 10;

  private static final Set<String> PATTERNS = patterns();

  private Marks() {}

  /** Types of constants that can carry a mark. */
  static List<DataType> types() {
    return List.of(
        DataType.FLOAT,
        DataType.DOUBLE,
        DataType.FLOAT16,
        DataType.BFLOAT16,
        DataType.INT8,
        DataType.UINT8,
        DataType.INT16,
        DataType.UINT16,
        DataType.INT32,
        DataType.UINT32,
        DataType.INT64,
        DataType.UINT64);
  }

  /** As many marked elements as {@link #SEQUENCE} has. */
  static TensorProto tensor(DataType type, boolean raw) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(type.getNumber()).addDims(SEQUENCE.size());
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (int small : SEQUENCE) {
      switch (type) {
        case FLOAT -> {
          bytes.putFloat(REAL);
          tensor.addFloatData(REAL);
        }
        case DOUBLE -> {
          bytes.putDouble(REAL);
          tensor.addDoubleData(REAL);
        }
        case FLOAT16 -> add16(tensor, bytes, Float.floatToFloat16(small));
        case BFLOAT16 -> add16(tensor, bytes, brain(small));
        case INT16, UINT16 -> add16(tensor, bytes, (short) small);
        case INT8, UINT8 -> {
          bytes.put((byte) small);
          tensor.addInt32Data(small);
        }
        case INT32 -> {
          bytes.putInt((int) WHOLE);
          tensor.addInt32Data((int) WHOLE);
        }
        case UINT32 -> {
          bytes.putInt((int) WHOLE);
          tensor.addUint64Data(WHOLE);
        }
        case INT64 -> {
          bytes.putLong(WHOLE);
          tensor.addInt64Data(WHOLE);
        }
        case UINT64 -> {
          bytes.putLong(WHOLE);
          tensor.addUint64Data(WHOLE);
        }
        default -> throw new IllegalArgumentException("no mark of type " + type);
      }
    }
    return raw
        ? TensorProto.newBuilder()
            .setDataType(type.getNumber())
            .addDims(SEQUENCE.size())
            .setRawData(ByteString.copyFrom(bytes.flip()))
            .build()
        : tensor.build();
  }

  private static void add16(TensorProto.Builder tensor, ByteBuffer bytes, short value) {
    bytes.putShort(value);
    tensor.addInt32Data(value);
  }

  /** The marks in the public files of {@code model}, as "file: bytes in hexadecimal". */
  static Set<String> in(CompiledModel model) {
    try {
      Set<String> found = new TreeSet<>();
      for (Map.Entry<String, byte[]> file : CompiledFolder.publicFiles(model).entrySet()) {
        boolean deflated = file.getKey().equals(CompiledFolder.PROGRAM);
        byte[] bytes = deflated ? inflated(file.getValue()) : file.getValue();
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        PATTERNS.stream()
            .filter(content::contains)
            .forEach(pattern -> found.add(file.getKey() + ": " + readable(pattern)));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] inflated(byte[] program) throws IOException {
    try (InflaterInputStream body =
        new InflaterInputStream(
            new ByteArrayInputStream(
                Arrays.copyOfRange(program, PROGRAM_HEAD_BYTES, program.length)))) {
      return body.readAllBytes();
    }
  }

  private static String readable(String pattern) {
    return pattern
        .chars()
        .mapToObj(c -> c > ' ' && c < 127 ? Character.toString(c) : "\\%02x".formatted(c))
        .collect(Collectors.joining());
  }

  private static Set<String> patterns() {
    Set<String> patterns = new LinkedHashSet<>();
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String text : List.of(TEXT, "718281", "7.18281", "1234.56", "1.23456", "90, 23, 59")) {
        patterns.add(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1));
      }
    }
    patterns.add("90,23,59");
    for (double value : new double[] {WHOLE, REAL, -WHOLE, -REAL}) {
      addReal(patterns, List.of(value));
      addReal(patterns, List.of(1 / value));
      for (int scale = 0; scale <= LARGEST_SCALE; scale++) {
        addFixed(patterns, Math.round(Math.scalb(value, scale)));
      }
    }
    addSequence(patterns);
    // shorter ones are found everywhere
    patterns.removeIf(pattern -> pattern.length() < 3);
    return patterns;
  }

  private static void addReal(Set<String> patterns, Collection<Double> values) {
    add(patterns, values, 4, (to, value) -> to.putFloat(value.floatValue()));
    add(patterns, values, 8, ByteBuffer::putDouble);
  }

  private static void addFixed(Set<String> patterns, long value) {
    add(patterns, List.of(value), 8, ByteBuffer::putLong);
    if (value == (int) value) {
      add(patterns, List.of(value), 4, (to, v) -> to.putInt(v.intValue()));
    }
    ByteWriter ours = new ByteWriter(16).putVarint(value);
    patterns.add(new String(ours.toBytes(), StandardCharsets.ISO_8859_1));
    patterns.add(ByteString.copyFrom(protobuf(value)).toString(StandardCharsets.ISO_8859_1));
  }

  private static byte[] protobuf(long value) {
    byte[] field = TensorProto.newBuilder().addDims(value).build().toByteArray();
    // after the number of the field and the length of the packed list
    return Arrays.copyOfRange(field, 2, field.length);
  }

  private static void addSequence(Set<String> patterns) {
    List<Double> reals = SEQUENCE.stream().map(Integer::doubleValue).toList();
    addReal(patterns, reals);
    add(patterns, SEQUENCE, 1, (to, value) -> to.put(value.byteValue()));
    add(patterns, SEQUENCE, 2, (to, value) -> to.putShort(value.shortValue()));
    add(patterns, SEQUENCE, 4, ByteBuffer::putInt);
    add(patterns, SEQUENCE, 8, ByteBuffer::putLong);
    add(patterns, reals, 2, (to, value) -> to.putShort(Float.floatToFloat16(value.floatValue())));
    add(patterns, reals, 2, (to, value) -> to.putShort(brain(value.floatValue())));
    for (int scale = 0; scale <= LARGEST_SCALE; scale++) {
      ByteWriter values = new ByteWriter(64);
      ByteWriter steps = new ByteWriter(64);
      for (int i = 0; i < SEQUENCE.size(); i++) {
        values.putVarint((long) SEQUENCE.get(i) << scale);
        steps.putVarint((long) (SEQUENCE.get(i) - (i == 0 ? 0 : SEQUENCE.get(i - 1))) << scale);
      }
      patterns.add(new String(values.toBytes(), StandardCharsets.ISO_8859_1));
      patterns.add(new String(steps.toBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  static short brain(float value) {
    return (short) (Float.floatToIntBits(value) >> 16);
  }

  private static <T> void add(
      Set<String> patterns, Collection<T> values, int size, BiConsumer<ByteBuffer, T> put) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer bytes = ByteBuffer.allocate(size * values.size()).order(order);
      values.forEach(value -> put.accept(bytes, value));
      patterns.add(new String(bytes.array(), StandardCharsets.ISO_8859_1));
    }
  }
}
