package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.Shape;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomDecoderTest {
  private static final Preprocess.Window NONE = new Preprocess.Window.None();
  private static final Preprocess.Window OF_FILE = new Preprocess.Window.OfFile();
  private static final int ITEM = 0xfffee000;
  private static final int ITEM_END = 0xfffee00d;
  private static final int SEQUENCE_END = 0xfffee0dd;

  @ParameterizedTest
  @ValueSource(strings = {DicomFile.IMPLICIT, DicomFile.EXPLICIT, DicomFile.BIG_ENDIAN})
  void decode_everyTransferSyntax_isRescaled(String transferSyntax) {
    byte[] file =
        DicomFile.gray(transferSyntax, 1, 3, 12, 0)
            .put(0x00281052, "DS", "-1024")
            .put(0x00281053, "DS", "2.0")
            .pixels16(0, 1, 4095)
            .bytes();

    Samples samples = decode(file, NONE);

    assertThat(samples.shape()).isEqualTo(Shape.of(1, 3, 1));
    assertThat(samples.values()).containsExactly(-1024, -1022, 7166);
  }

  @Test
  void decode_signed12Bits_dropsTheUnusedOnes() {
    byte[] file =
        DicomFile.gray(DicomFile.EXPLICIT, 1, 3, 12, 1).pixels16(0xffff, 0x0800, 0xf7ff).bytes();

    assertThat(decode(file, NONE).values()).containsExactly(-1, -2048, 2047);
  }

  @Test
  void decode_declaredWindow_isTheLinearFunction() {
    byte[] file = DicomFile.gray(DicomFile.EXPLICIT, 1, 4, 16, 0).pixels16(0, 40, 45, 99).bytes();

    double[] values = decode(file, new Preprocess.Window.Linear(45, 11)).values();

    // Centre 44.5, half width 5: 40 is (-4.5 / 10 + 0.5) * 255, 45 is (0.5 / 10 + 0.5) * 255.
    assertThat(values[0]).isZero();
    assertThat(values[1]).isEqualTo((-4.5 / 10 + 0.5) * 255);
    assertThat(values[2]).isEqualTo((0.5 / 10 + 0.5) * 255);
    assertThat(values[3]).isEqualTo(255);
  }

  @Test
  void decode_windowOfTheFile_takesTheFirstOfSeveral() {
    DicomFile file =
        DicomFile.gray(DicomFile.EXPLICIT, 1, 2, 16, 0)
            .put(0x00281050, "DS", "45\\1000")
            .put(0x00281051, "DS", "11\\2000")
            .pixels16(45, 99);

    assertThat(decode(file.bytes(), OF_FILE).values()).containsExactly((0.5 / 10 + 0.5) * 255, 255);
  }

  @Test
  void decode_noWindow_spansTheStoredBits() {
    byte[] file = DicomFile.gray(DicomFile.EXPLICIT, 1, 3, 8, 0).pixels16(0, 51, 255).bytes();

    assertThat(decode(file, OF_FILE).values()).containsExactly(0, 51, 255);
  }

  @Test
  void decode_monochrome1_isTurned() {
    DicomFile file =
        new DicomFile(DicomFile.EXPLICIT)
            .put(0x00280002, 1)
            .put(0x00280004, "CS", "MONOCHROME1")
            .put(0x00280010, 1)
            .put(0x00280011, 2)
            .put(0x00280100, 8)
            .put(0x00280101, 8)
            .put(0x00280102, 7)
            .put(0x00280103, 0)
            .put(DicomDataset.PIXEL_DATA, "OB", new byte[] {0, (byte) 200});

    assertThat(decode(file.bytes(), OF_FILE).values()).containsExactly(255, 55);
    assertThat(decode(file.bytes(), NONE).values()).containsExactly(255, 55);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2, 3, 4, 5, 6", "1, 1, 3, 5, 2, 4, 6"})
  void decode_rgb_isInterleavedWhateverTheFileHas(
      int planar, double a, double b, double c, double d, double e, double f) {
    byte[] file = rgb(planar, DicomFile.EXPLICIT, "OB", new byte[] {1, 2, 3, 4, 5, 6});

    Samples samples = decode(file, OF_FILE);

    assertThat(samples.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(samples.values()).containsExactly(a, b, c, d, e, f);
  }

  @Test
  void decode_bytesInBigEndianWords_areExchanged() {
    byte[] file = rgb(0, DicomFile.BIG_ENDIAN, "OW", new byte[] {2, 1, 4, 3, 6, 5});

    assertThat(decode(file, OF_FILE).values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void decode_frames_areChosen() {
    byte[] file =
        DicomFile.gray(DicomFile.EXPLICIT, 1, 1, 16, 0)
            .put(0x00280008, "IS", "3")
            .pixels16(7, 8, 9)
            .bytes();

    assertThat(DicomDecoder.decode("a.dcm", file, OptionalInt.of(2), NONE).values())
        .containsExactly(9);
    assertThatThrownBy(() -> decode(file, NONE)).hasMessageContaining("has 3 frames; say which");
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomFile.IMPLICIT, DicomFile.EXPLICIT})
  void decode_nestedSequences_arePassedOver(String transferSyntax) {
    DicomFile file =
        new DicomFile(transferSyntax)
            .header(0x00081140, "SQ", -1)
            .header(ITEM, "", -1)
            .put(0x00081150, "UI", "1.2")
            .header(0x00081199, "SQ", -1)
            .header(ITEM, "", 0)
            .header(SEQUENCE_END, "", 0)
            .header(ITEM_END, "", 0)
            .header(SEQUENCE_END, "", 0)
            .image(1, 1, 16, 0)
            .pixels16(77);

    assertThat(decode(file.bytes(), NONE).values()).containsExactly(77);
  }

  @ParameterizedTest
  @CsvSource({
    "YBR_FULL, 1, 16, 12, 11, 0",
    "MONOCHROME2, 3, 16, 12, 11, 0",
    "MONOCHROME2, 1, 32, 32, 31, 0",
    "MONOCHROME2, 1, 16, 17, 16, 0",
    "MONOCHROME2, 1, 16, 12, 15, 0",
    "MONOCHROME2, 1, 16, 12, 11, 2"
  })
  void decode_otherPixelFormat_isRefused(
      String photometric, int samples, int allocated, int stored, int high, int signed) {
    DicomFile file =
        new DicomFile(DicomFile.EXPLICIT)
            .put(0x00280002, samples)
            .put(0x00280004, "CS", photometric)
            .put(0x00280010, 1)
            .put(0x00280011, 1)
            .put(0x00280100, allocated)
            .put(0x00280101, stored)
            .put(0x00280102, high)
            .put(0x00280103, signed)
            .pixels16(0);

    assertThatThrownBy(() -> decode(file.bytes(), NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("convert it to PNG");
  }

  @Test
  void decode_wrongPixelLength_isRefused() {
    byte[] file = DicomFile.gray(DicomFile.EXPLICIT, 65535, 1000, 16, 0).pixels16(1).bytes();

    assertThatThrownBy(() -> decode(file, NONE)).hasMessageContaining("need 131070000");
  }

  @Test
  void decode_cutAnywhere_isRefused() {
    byte[] good =
        DicomFile.gray(DicomFile.EXPLICIT, 2, 2, 12, 0)
            .put(0x00281053, "DS", "2")
            .pixels16(1, 2, 3, 4)
            .bytes();

    Mutations.assertEveryCutIsRefused(good, bytes -> decode(bytes, OF_FILE));
  }

  @Test
  void decode_changedBytes_areReadOrRefused() {
    for (String syntax :
        new String[] {DicomFile.EXPLICIT, DicomFile.IMPLICIT, DicomFile.BIG_ENDIAN}) {
      byte[] good =
          DicomFile.gray(syntax, 2, 2, 12, 0)
              .put(0x00281050, "DS", "40")
              .put(0x00281051, "DS", "400")
              .pixels16(1, 2, 3, 4)
              .bytes();

      assertThat(Mutations.refusedAmong(20_000, 3, good, bytes -> decode(bytes, OF_FILE)))
          .isPositive();
    }
  }

  @Test
  void decode_deeplyNestedSequences_areRefused() {
    DicomFile file = new DicomFile(DicomFile.EXPLICIT);
    for (int i = 0; i < 100_000; i++) {
      file.header(0x00081140, "SQ", -1).header(ITEM, "", -1);
    }

    assertThatThrownBy(() -> decode(file.bytes(), NONE)).hasMessageContaining("nested deeper");
  }

  private static byte[] rgb(int planar, String syntax, String representation, byte[] data) {
    return new DicomFile(syntax)
        .put(0x00280002, 3)
        .put(0x00280004, "CS", "RGB")
        .put(0x00280006, planar)
        .put(0x00280010, 1)
        .put(0x00280011, 2)
        .put(0x00280100, 8)
        .put(0x00280101, 8)
        .put(0x00280102, 7)
        .put(0x00280103, 0)
        .put(DicomDataset.PIXEL_DATA, representation, data)
        .bytes();
  }

  private static Samples decode(byte[] bytes, Preprocess.Window window) {
    return DicomDecoder.decode("a.dcm", bytes, OptionalInt.empty(), window);
  }
}
