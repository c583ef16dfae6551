package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.maskwire.crypto.ring.Shape;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorProtoDecoderTest {
  @ParameterizedTest
  @CsvSource({
    "FLOAT, 0000c03f000000c0, 1.5, -2",
    "UINT8, 80ff, 128, 255",
    "INT8, 807f, -128, 127",
    "UINT16, 0080ffff, 32768, 65535",
    "INT16, 0080ff7f, -32768, 32767",
    "INT32, 00000080ffffff7f, -2147483648, 2147483647",
    "INT64, ffffffffffffffff0001000000000000, -1, 256",
    "BOOL, 0001, 0, 1",
    "FLOAT16, 003c00c0, 1, -2",
    "BFLOAT16, 803f00c0, 1, -2",
    "DOUBLE, 9a9999999999b93f00000000000000c0, 0.1, -2",
    "UINT32, 00000080ffffffff, 2147483648, 4294967295",
    "UINT64, ffffffffffffffff0100000000000000, 18446744073709551615, 1"
  })
  void decode_rawData_isKnownValues(
      TensorProto.DataType type, String hex, double first, double second) {
    TensorProto tensor =
        tensor(type).setRawData(ByteString.copyFrom(HexFormat.of().parseHex(hex))).build();

    Samples samples = decode(tensor.toByteArray());

    assertThat(samples.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(samples.values()).containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 128, 255, 128, 255",
    "INT8, -128, 127, -128, 127",
    "UINT16, 32768, 65535, 32768, 65535",
    "INT16, -32768, 32767, -32768, 32767",
    "INT32, -2147483648, 2147483647, -2147483648, 2147483647",
    "BOOL, 0, 1, 0, 1",
    "FLOAT16, 15360, 49152, 1, -2",
    "BFLOAT16, 16256, 49152, 1, -2"
  })
  void decode_int32Data_isKnownValues(
      TensorProto.DataType type, int a, int b, double first, double second) {
    byte[] bytes = tensor(type).addInt32Data(a).addInt32Data(b).build().toByteArray();

    assertThat(decode(bytes).values()).containsExactly(first, second);
  }

  @Test
  void decode_otherTypedData_isKnownValues() {
    assertThat(
            decode(
                    tensor(TensorProto.DataType.FLOAT)
                        .addFloatData(1.5f)
                        .addFloatData(-2)
                        .build()
                        .toByteArray())
                .values())
        .containsExactly(1.5, -2);
    assertThat(
            decode(
                    tensor(TensorProto.DataType.DOUBLE)
                        .addDoubleData(0.1)
                        .addDoubleData(-2)
                        .build()
                        .toByteArray())
                .values())
        .containsExactly(0.1, -2);
    assertThat(
            decode(
                    tensor(TensorProto.DataType.INT64)
                        .addInt64Data(-1)
                        .addInt64Data(1L << 40)
                        .build()
                        .toByteArray())
                .values())
        .containsExactly(-1, 0x1.0p40);
    assertThat(
            decode(
                    tensor(TensorProto.DataType.UINT64)
                        .addUint64Data(-1)
                        .addUint64Data(1)
                        .build()
                        .toByteArray())
                .values())
        .containsExactly(0x1.0p64, 1);
  }

  @Test
  void decode_otherContent_isRefused() {
    assertRefused(tensor(TensorProto.DataType.STRING), "STRING is not read");
    assertRefused(tensor(TensorProto.DataType.FLOAT), "needs 2 float_data elements");
    assertRefused(
        tensor(TensorProto.DataType.FLOAT).setRawData(ByteString.copyFrom(new byte[7])),
        "needs 8 raw_data bytes, the file has 7");
    assertRefused(tensor(TensorProto.DataType.FLOAT).addDims(-1), "side of -1");
    assertRefused(tensor(TensorProto.DataType.FLOAT).addDims(Long.MAX_VALUE), "more than 67108864");
    assertRefused(
        tensor(TensorProto.DataType.FLOAT).setDataLocation(TensorProto.DataLocation.EXTERNAL),
        "another file");
    assertRefused(TensorProto.newBuilder().setDataType(999), "number 999 is unknown");
  }

  @Test
  void decode_damagedFile_isReadOrRefused() {
    byte[] good =
        tensor(TensorProto.DataType.FLOAT)
            .setRawData(ByteString.copyFrom(new byte[8]))
            .build()
            .toByteArray();

    Mutations.assertEveryCutIsRefused(good, TensorProtoDecoderTest::decode);
    assertThat(Mutations.refusedAmong(20_000, 4, good, TensorProtoDecoderTest::decode))
        .isPositive();
  }

  private static void assertRefused(TensorProto.Builder tensor, String message) {
    assertThatThrownBy(() -> decode(tensor.build().toByteArray()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.pb: ")
        .hasMessageContaining(message);
  }

  private static TensorProto.Builder tensor(TensorProto.DataType type) {
    return TensorProto.newBuilder().addDims(2).addDims(1).setDataType(type.getNumber());
  }

  private static Samples decode(byte[] bytes) {
    return TensorProtoDecoder.decode("a.pb", bytes);
  }
}
