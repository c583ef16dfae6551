package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiftiDecoderTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;

  @ParameterizedTest
  @CsvSource({
    "2, 8, 80ff, 128, 255",
    "4, 16, 80007fff, -32768, 32767",
    "8, 32, 800000007fffffff, -2147483648, 2147483647",
    "16, 32, 3fc00000c0000000, 1.5, -2",
    "64, 64, 3fb999999999999ac000000000000000, 0.1, -2",
    "256, 8, 807f, -128, 127",
    "512, 16, 8000ffff, 32768, 65535",
    "768, 32, 80000000ffffffff, 2147483648, 4294967295",
    "1024, 64, ffffffffffffffff0000000000000100, -1, 256",
    "1280, 64, ffffffffffffffff0000000000000001, 18446744073709551615, 1"
  })
  void decode_everyTypeInBothByteOrders_isKnownValues(
      int datatype, int bits, String bigEndianHex, double first, double second) {
    byte[] big = HexFormat.of().parseHex(bigEndianHex);
    byte[] little = big.clone();
    for (int i = 0; i < big.length; i++) {
      int size = bits / 8;
      little[i / size * size + size - 1 - i % size] = big[i];
    }

    assertThat(decode(new NiftiFile(BIG, datatype, bits, big, 2, 1, 1).bytes()).values())
        .containsExactly(first, second);
    assertThat(decode(new NiftiFile(LITTLE, datatype, bits, little, 2, 1, 1).bytes()).values())
        .containsExactly(first, second);
  }

  @Test
  void decode_volume_hasXFastest() {
    byte[] voxels = {0, 1, 2, 3, 4, 5};

    Samples samples = decode(new NiftiFile(LITTLE, 2, 8, voxels, 3, 2, 1).bytes());

    assertThat(samples.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(samples.values()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void decode_slopeAndIntercept_areApplied() {
    byte[] file =
        new NiftiFile(LITTLE, 2, 8, new byte[] {0, 10}, 2)
            .putFloat(112, 0.5f)
            .putFloat(116, -3)
            .bytes();

    assertThat(decode(file).values()).containsExactly(-3, 2);
  }

  @Test
  void decode_slopeOfZero_ignoresTheIntercept() {
    byte[] file = new NiftiFile(LITTLE, 2, 8, new byte[] {7}, 1).putFloat(116, -3).bytes();

    assertThat(decode(file).values()).containsExactly(7);
  }

  @Test
  void decode_frameOfFour_isChosen() {
    byte[] file = new NiftiFile(LITTLE, 2, 8, new byte[] {1, 2, 3, 4, 5, 6}, 2, 1, 1, 3).bytes();

    assertThat(decode(file, OptionalInt.of(1)).values()).containsExactly(3, 4);
    assertThat(decode(NiftiFile.gzip(file), OptionalInt.of(2)).values()).containsExactly(5, 6);
    assertThatThrownBy(() -> decode(file)).hasMessageContaining("has 3 frames; say which");
    assertThatThrownBy(() -> decode(file, OptionalInt.of(3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("frame 3 was asked for, the file has 3");
  }

  @Test
  void decode_extensionsBeforeTheVoxels_arePassedOver() {
    byte[] voxels = new byte[17];
    voxels[16] = 42;

    byte[] file = new NiftiFile(BIG, 2, 8, voxels, 1).putFloat(108, 368).bytes();

    assertThat(decode(file).values()).containsExactly(42);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "40; 0; offset 40: dim[0] is 0",
        "40; 8; offset 40: dim[0] is 8",
        "42; -2; offset 42: dim[1] is -2",
        "50; 2; dim[5] is 2; split it",
        "70; 32; offset 70: datatype 32",
        "70; 128; offset 70: datatype 128",
        "72; 16; offset 72: bitpix is 16",
        "346; 0; offset 344: the magic of NIfTI is missing"
      })
  void decode_wrongShortField_isRefused(int offset, int value, String message) {
    byte[] file =
        new NiftiFile(LITTLE, 2, 8, new byte[2], 2, 1, 1, 1, 1).putShort(offset, value).bytes();

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.nii: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"108, NaN", "108, 0", "108, 352.5", "108, 1e30"})
  void decode_wrongFloatField_isRefused(int offset, float value) {
    NiftiFile file = new NiftiFile(LITTLE, 2, 8, new byte[2], 2);

    assertThatThrownBy(() -> decode(file.putFloat(offset, value).bytes()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("offset " + offset + ": ");
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 5, false",
    "NaN, NaN, false",
    "-Infinity, 5, false",
    "Infinity, Infinity, false",
    "1, NaN, false",
    "1, -Infinity, false",
    "0, NaN, false",
    "2, NaN, true",
    "-2, Infinity, true"
  })
  void decode_scalingThatIsNoNumber_isNone(float slope, float intercept, boolean doubted) {
    NiftiFile file =
        new NiftiFile(BIG, 2, 8, new byte[] {7, 9}, 2)
            .putFloat(112, slope)
            .putFloat(116, intercept);

    for (byte[] bytes : new byte[][] {file.bytes(), file.secondVersion()}) {
      assertThat(decode(bytes).values()).containsExactly(7, 9);
      assertThat(decode(bytes).doubts()).hasSize(doubted ? 1 : 0);
    }
  }

  @Test
  void decode_secondVersion_isReadInBothByteOrders() {
    for (ByteOrder order : new ByteOrder[] {LITTLE, BIG}) {
      byte[] file =
          new NiftiFile(order, 2, 8, new byte[] {1, 2, 3, 4, 5, 6}, 1, 2, 1, 3)
              .putFloat(112, 0.5f)
              .putFloat(116, -1)
              .sform("LPI", 2)
              .secondVersion();

      Samples samples = decode(file, OptionalInt.of(1));

      assertThat(samples.shape()).isEqualTo(Shape.of(1, 2, 1));
      assertThat(samples.values()).containsExactly(0.5, 1);
      assertThat(samples.directions()).contains(new Directions.Stated(new Orientation("LPI")));
      assertThat(decode(NiftiFile.gzip(file), OptionalInt.of(2)).values()).containsExactly(1.5, 2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1, offset 4: the magic of NIfTI is missing",
    "8, 10, offset 4: the magic of NIfTI is missing",
    "12, 99, offset 12: datatype 99",
    "14, 9, offset 14: bitpix is 9",
    "16, 9, offset 16: dim[0] is 9",
    "29, 1, offset 24: dim[1] is 1099511627778",
    "56, 2, offset 56: dim[5] is 2; split it",
    "168, 1, offset 168: vox_offset is 513.0"
  })
  void decode_wrongFieldOfSecondVersion_isRefused(int offset, byte value, String message) {
    byte[] file = new NiftiFile(LITTLE, 2, 8, new byte[2], 2, 1, 1, 1, 1).secondVersion();
    file[offset] = value;

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void decode_secondVersionCutOrChanged_isReadOrRefused() {
    byte[] plain = new NiftiFile(BIG, 4, 16, new byte[16], 2, 2, 2).secondVersion();

    Mutations.assertEveryCutIsRefused(plain, NiftiDecoderTest::decodeFirst);
    assertThat(Mutations.refusedAmong(20_000, 3, plain, NiftiDecoderTest::decode)).isPositive();
  }

  @Test
  void decode_analyze_isRefusedByName() {
    byte[] file = new NiftiFile(LITTLE, 2, 8, new byte[2], 2).putInt(344, 0).bytes();

    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ANALYZE 7.5");
  }

  @Test
  void decode_severalGzipMembers_areOneFile() {
    byte[] file = new NiftiFile(LITTLE, 2, 8, new byte[] {1, 2, 3, 4}, 4).bytes();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(NiftiFile.gzip(Arrays.copyOf(file, 100)));
    members.writeBytes(NiftiFile.gzip(new byte[0]));
    members.writeBytes(NiftiFile.gzip(Arrays.copyOfRange(file, 100, file.length)));
    byte[] one = members.toByteArray();
    members.writeBytes(new byte[100]);

    assertThat(decode(one).values()).containsExactly(1, 2, 3, 4);
    assertThat(decode(members.toByteArray()).values()).as("padded").containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> decode(Arrays.copyOf(one, one.length - 5)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void decode_headerThatPromisesTooMuch_isRefusedWithoutTheMemory() {
    byte[] huge = new NiftiFile(LITTLE, 64, 64, new byte[8], 32767, 32767, 32767).bytes();
    byte[] large = new NiftiFile(LITTLE, 64, 64, new byte[8], 8192, 8192).bytes();

    assertThatThrownBy(() -> decode(huge)).hasMessageContaining("more than 67108864 samples");
    assertThatThrownBy(() -> decode(large)).hasMessageContaining("ends here");
  }

  @Test
  void decode_bytesAfterTheLastVoxel_areRefused() {
    byte[] file = new NiftiFile(LITTLE, 2, 8, new byte[3], 2).bytes();

    assertThatThrownBy(() -> decode(file)).hasMessageContaining("goes on after the last voxel");
  }

  @Test
  void decode_gzipThatEndsEarly_saysSo() {
    byte[] gzip = NiftiFile.gzip(new NiftiFile(LITTLE, 2, 8, new byte[8], 8).bytes());

    assertThatThrownBy(() -> decode(Arrays.copyOf(gzip, gzip.length - 9)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.nii: the gzip stream ends too early; fetch it again");
  }

  @Test
  void decode_cutAnywhere_isRefused() {
    byte[] plain = new NiftiFile(LITTLE, 16, 32, new byte[64], 2, 2, 2, 2).bytes();

    Mutations.assertEveryCutIsRefused(plain, NiftiDecoderTest::decodeFirst);
    Mutations.assertEveryCutIsRefused(NiftiFile.gzip(plain), NiftiDecoderTest::decodeFirst);
  }

  @Test
  void decode_changedBytes_areReadOrRefused() {
    byte[] plain = new NiftiFile(BIG, 4, 16, new byte[16], 2, 2, 2).bytes();

    assertThat(Mutations.refusedAmong(20_000, 2, plain, NiftiDecoderTest::decode)).isPositive();
  }

  @Test
  void decode_changedByteInGzip_isCaughtByItsChecksum() {
    ByteBuffer voxels = ByteBuffer.allocate(4000);
    while (voxels.hasRemaining()) {
      voxels.put((byte) (voxels.position() * 31));
    }
    byte[] gzip =
        NiftiFile.gzip(new NiftiFile(LITTLE, 2, 8, voxels.array(), 10, 10, 10, 4).bytes());
    double[] good = decodeFirst(gzip).values();

    // The ten bytes of the gzip header have fields that do not matter.
    for (int i = 10; i < gzip.length; i++) {
      byte[] bad = gzip.clone();
      bad[i] ^= 1;
      try {
        assertThat(decodeFirst(bad).values()).as("byte %d", i).isEqualTo(good);
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith("a.nii: ");
      }
    }
  }

  @Test
  void write_volume_isReadBackWithDefaultAxes(@TempDir Path folder) throws IOException {
    float[] values = new float[45 * 54 * 45];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.25f;
    }
    FloatTensor volume = FloatTensor.takeOwnershipOf(Shape.of(45, 54, 45), values);
    NiftiWriter.Grid grid = new NiftiWriter.Grid(-4, 4, 4, new NiftiWriter.Origin(90, -126, -72));
    Path file = folder.resolve("v.nii.gz");
    Path again = folder.resolve("w.nii.gz");

    NiftiWriter.write(file, volume, grid);
    NiftiWriter.write(again, volume, grid);

    FloatTensor read = InputReader.read(file, Preprocess.DEFAULT, Shape.of(0, 1, 45, 54, 45));
    assertThat(read.values()).isEqualTo(values);
    assertThat(read.shape()).isEqualTo(Shape.of(1, 1, 45, 54, 45));
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
    assertThat(Arrays.copyOfRange(Files.readAllBytes(file), 4, 8)).containsOnly(0);
  }

  @Test
  void write_volume_hasItsPlaceInTheHeader(@TempDir Path folder) throws IOException {
    FloatTensor volume = FloatTensor.takeOwnershipOf(Shape.of(2, 1, 1), new float[] {5, 6});
    Path file = folder.resolve("v.nii");

    NiftiWriter.write(
        file, volume, new NiftiWriter.Grid(-4, 3, 2, new NiftiWriter.Origin(90, -126, -72)));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(LITTLE);
    assertThat(bytes.remaining()).isEqualTo(360);
    assertThat(bytes.getFloat(80)).isEqualTo(4);
    assertThat(bytes.getFloat(84)).isEqualTo(3);
    assertThat(bytes.getFloat(280)).isEqualTo(-4);
    assertThat(bytes.getFloat(292)).isEqualTo(90);
    assertThat(bytes.getFloat(308)).isEqualTo(-126);
    assertThat(bytes.getFloat(320)).isEqualTo(2);
    assertThat(bytes.getShort(254)).isEqualTo((short) 2);
    assertThat(bytes.getFloat(356)).isEqualTo(6);
  }

  private static Samples decode(byte[] bytes) {
    return decode(bytes, OptionalInt.empty());
  }

  private static Samples decodeFirst(byte[] bytes) {
    return decode(bytes, OptionalInt.of(0));
  }

  private static Samples decode(byte[] bytes, OptionalInt frame) {
    return NiftiDecoder.decode("a.nii", new ByteArrayInputStream(bytes), frame);
  }
}
