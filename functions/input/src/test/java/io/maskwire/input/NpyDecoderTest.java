package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyDecoderTest {
  /** numpy.save of numpy.array([[1.5, -2.0]], dtype='f4') with NumPy 2.4.6. */
  private static final String SAVED_BY_NUMPY =
      "934e554d5059010076007b276465736372273a20273c6634272c2027666f"
          + "727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c2032292c207d"
          + "20".repeat(58)
          + "0a0000c03f000000c0";

  @Test
  void decode_fileSavedByNumpy_isKnownArray() {
    byte[] bytes = HexFormat.of().parseHex(SAVED_BY_NUMPY);

    Samples samples = decode(bytes);

    assertThat(samples.shape()).isEqualTo(Shape.of(1, 2));
    assertThat(samples.values()).containsExactly(1.5, -2.0);
  }

  @ParameterizedTest
  @CsvSource({
    "|b1, 0007, 0, 1",
    "|i1, 807f, -128, 127",
    "<i1, 807f, -128, 127",
    "|u1, 80ff, 128, 255",
    "<i2, 0080ff7f, -32768, 32767",
    ">i2, 80007fff, -32768, 32767",
    "<u2, 0080ffff, 32768, 65535",
    ">u2, 8000ffff, 32768, 65535",
    "<i4, 00000080ffffff7f, -2147483648, 2147483647",
    ">i4, 800000007fffffff, -2147483648, 2147483647",
    "<u4, 00000080ffffffff, 2147483648, 4294967295",
    "<i8, ffffffffffffffff0001000000000000, -1, 256",
    ">i8, ffffffffffffffff0000000000000100, -1, 256",
    "<u8, ffffffffffffffff0100000000000000, 18446744073709551615, 1",
    "<f2, 003c00c0, 1, -2",
    ">f2, 3c00c000, 1, -2",
    "<f4, 0000c03f000000c0, 1.5, -2",
    ">f4, 3fc00000c0000000, 1.5, -2",
    "<f8, 9a9999999999b93f00000000000000c0, 0.1, -2",
    ">f8, 3fb999999999999ac000000000000000, 0.1, -2"
  })
  void decode_everyType_isKnownValues(String descr, String hex, double first, double second) {
    byte[] bytes = npy(1, descr, "False", "(2,)", HexFormat.of().parseHex(hex));

    assertThat(decode(bytes).values()).containsExactly(first, second);
  }

  @Test
  void decode_unsignedAboveTwoTo63_roundsOnce() {
    // 2^63 + 1025 is between 2^63 and 2^63 + 2048, nearer to the upper one.
    assertThat(SampleType.unsignedToDouble(Long.MIN_VALUE + 1025)).isEqualTo(0x1.0p63 + 2048);
    assertThat(SampleType.unsignedToDouble(Long.MIN_VALUE + 1024)).isEqualTo(0x1.0p63);
  }

  @Test
  void decode_fortranOrder_isRowMajor() {
    byte[] data = {1, 4, 2, 5, 3, 6};

    Samples samples = decode(npy(1, "|u1", "True", "(2, 3)", data));

    assertThat(samples.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(samples.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void decode_fortranOrderOfThreeAxes_isRowMajor() {
    byte[] data = new byte[24];
    for (int i = 0; i < 24; i++) {
      int a = i % 2;
      int b = i / 2 % 3;
      int c = i / 6;
      data[i] = (byte) (100 * a + 10 * b + c);
    }

    double[] values = decode(npy(1, "|u1", "True", "(2, 3, 4)", data)).values();

    assertThat(values[(1 * 3 + 2) * 4 + 3]).isEqualTo(123);
    assertThat(values[(0 * 3 + 2) * 4 + 1]).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void decode_everyVersion_isRead(int version) {
    assertThat(decode(npy(version, "|u1", "False", "(1,)", new byte[] {9})).values())
        .containsExactly(9);
  }

  @Test
  void decode_scalar_hasNoDimensions() {
    assertThat(decode(npy(1, "|u1", "False", "()", new byte[] {9})).shape()).isEqualTo(Shape.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|O; (1,); type '|O' is not read",
        "<U4; (1,); type '<U4' is not read",
        "<c8; (1,); type '<c8' is not read",
        "|f4; (1,); type '|f4' is not read",
        "f4; (1,); type 'f4' is not read",
        "<f4; (2,); needs 8 bytes",
        "<f4; (0,); side of 0",
        "<f4; (99999, 99999); more than 67108864 samples",
        "<f4; (-1,); header entry",
        "<f4; (9999999999,); malformed or too large"
      })
  void decode_unsupportedHeader_isRefused(String descr, String shape, String message) {
    assertThatThrownBy(() -> decode(npy(1, descr, "False", shape, new byte[4])))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.npy: ")
        .hasMessageContaining(message);
  }

  @Test
  void decode_keyTwice_isRefused() {
    byte[] bytes = npy(1, "<f4', 'descr': '<f4", "False", "(1,)", new byte[4]);

    assertThatThrownBy(() -> decode(bytes)).hasMessageContaining("once each");
  }

  @Test
  void decode_hugeHeader_isRefusedBeforeItIsRead() {
    byte[] bytes = HexFormat.of().parseHex("934e554d50590200ffffffff");

    assertThatThrownBy(() -> decode(bytes)).hasMessageContaining("header of 4294967295 bytes");
  }

  @Test
  void decode_cutAnywhere_isRefused() {
    byte[] good = npy(1, "<f4", "False", "(2, 3)", new byte[24]);

    Mutations.assertEveryCutIsRefused(good, NpyDecoderTest::decode);
  }

  @Test
  void decode_changedBytes_areReadOrRefused() {
    byte[] good = npy(1, "<f4", "True", "(2, 3)", new byte[24]);

    assertThat(Mutations.refusedAmong(20_000, 1, good, NpyDecoderTest::decode)).isPositive();
  }

  @Test
  void write_tensor_isReadBackAndAligned(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.npy");
    FloatTensor tensor =
        FloatTensor.takeOwnershipOf(Shape.of(2, 1, 2), new float[] {1, -2.5f, 0, 1e-30f});

    NpyWriter.write(file, tensor);

    assertThat(InputReader.read(file, Preprocess.DEFAULT, Shape.of(2, 1, 2))).isEqualTo(tensor);
    assertThat(Files.size(file)).isEqualTo(128 + 16);
  }

  static byte[] npy(int version, String descr, String fortran, String shape, byte[] data) {
    String header =
        "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    ByteBuffer prefix = ByteBuffer.allocate(version == 1 ? 10 : 12).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    prefix.put((byte) version).put((byte) 0);
    if (version == 1) {
      prefix.putShort((short) header.length());
    } else {
      prefix.putInt(header.length());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(prefix.array());
    out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(data);
    return out.toByteArray();
  }

  private static Samples decode(byte[] bytes) {
    return NpyDecoder.decode("a.npy", bytes);
  }
}
