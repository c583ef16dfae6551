package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From stored values to 0 to 255: slopes, windows of the file, padding. */
class DicomWindowTest {
  private static final int PHOTOMETRIC = 0x00280004;
  private static final int PADDING = 0x00280120;
  private static final int PADDING_LIMIT = 0x00280121;
  private static final int CENTER = 0x00281050;
  private static final int WIDTH = 0x00281051;
  private static final int INTERCEPT = 0x00281052;
  private static final int SLOPE = 0x00281053;
  private static final int FUNCTION = 0x00281056;
  private static final int TABLE = 0x00283010;
  private static final Preprocess.Window NONE = new Preprocess.Window.None();
  private static final Preprocess.Window OF_FILE = new Preprocess.Window.OfFile();

  @ParameterizedTest
  @CsvSource({
    "MONOCHROME2, -1, 4095, 255 193 130 0",
    "MONOCHROME1, -1, 4095, 0 62 125 255",
    "MONOCHROME2, -0.5, -7, 255 193 130 0",
    "MONOCHROME2, 2, -1024, 0 62 125 255",
    "MONOCHROME1, 2, -1024, 255 193 130 0"
  })
  void apply_slopeOfEitherSign_isBrightWhereTheRescaledValueIsHigh(
      String photometric, String slope, String intercept, String expected) {
    DicomFile file = file(photometric, 0).put(SLOPE, "DS", slope).put(INTERCEPT, "DS", intercept);

    assertThat(rounded(decode(pixels(file), OF_FILE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"MONOCHROME2, 255 193 130 0", "MONOCHROME1, 0 62 125 255"})
  void apply_negativeSlopeInAWindow_isThatOfTheRescaledValue(String photometric, String expected) {
    DicomFile file =
        file(photometric, 0)
            .put(CENTER, "DS", "2048")
            .put(WIDTH, "DS", "4096")
            .put(INTERCEPT, "DS", "4095")
            .put(SLOPE, "DS", "-1");

    assertThat(rounded(decode(pixels(file), OF_FILE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"MONOCHROME2, 4095 3095 2095 0", "MONOCHROME1, 0 1000 2000 4095"})
  void apply_negativeSlopeWithoutWindow_staysInUnits(String photometric, String expected) {
    DicomFile file = file(photometric, 0).put(INTERCEPT, "DS", "4095").put(SLOPE, "DS", "-1");

    assertThat(rounded(decode(pixels(file), NONE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "40, ''",
    "'', 400",
    "40, 0",
    "40, 0.0",
    "40, -400",
    "40, 0.99",
    "'\\', '\\'",
    "'40\\50', '\\'",
    "'40', '\\400'",
    "'\\50', '400'"
  })
  void apply_windowThatIsNone_isAsAbsent(String center, String width) {
    DicomFile file = file("MONOCHROME2", 0).put(CENTER, "DS", center).put(WIDTH, "DS", width);

    assertThat(rounded(decode(pixels(file), OF_FILE))).isEqualTo("0 62 125 255");
  }

  @ParameterizedTest
  @CsvSource({
    "'2048\\40', '4096\\400'",
    "'2048', '4096\\400'",
    "'2048\\40', '4096'",
    "' 2048 \\40', '4096'",
    "'40\\2048', '0\\4096'",
    "'\\2048', '\\4096'"
  })
  void apply_severalWindows_takesTheFirstThatIsOne(String center, String width) {
    DicomFile file = file("MONOCHROME2", 0).put(CENTER, "DS", center).put(WIDTH, "DS", width);

    double[] values = decode(pixels(file), OF_FILE);

    assertThat(values[1]).isEqualTo(((1000 - 2047.5) / 4095 + 0.5) * 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forty", "1e999", "1,5", "NaN"})
  void apply_windowThatIsNoNumber_isRefused(String width) {
    DicomFile file = file("MONOCHROME2", 0).put(CENTER, "DS", "40").put(WIDTH, "DS", width);

    assertThatThrownBy(() -> decode(pixels(file), OF_FILE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Window Width");
  }

  @Test
  void apply_emptyRescale_isAsAbsent() {
    DicomFile file = file("MONOCHROME2", 0).put(INTERCEPT, "DS", "").put(SLOPE, "DS", "");

    assertThat(rounded(decode(pixels(file), NONE))).isEqualTo("0 1000 2000 4095");
  }

  @Test
  void apply_slopeOfZero_isRefused() {
    DicomFile file = file("MONOCHROME2", 0).put(SLOPE, "DS", "0");

    assertThatThrownBy(() -> decode(pixels(file), NONE)).hasMessageContaining("Rescale Slope");
  }

  @Test
  void apply_sigmoid_isTheLogisticFunction() {
    double[] values = decode(pixels(window("SIGMOID", "2048", "4096")), OF_FILE);

    for (int i = 0; i < 4; i++) {
      int stored = new int[] {0, 1000, 2000, 4095}[i];
      double expected = 255 / (1 + Math.exp(-4 * (stored - 2048.0) / 4096));
      assertThat(values[i]).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void apply_narrowSigmoid_isAStepWithoutNaN() {
    double[] values = decode(pixels(window("SIGMOID", "2000", "0.001")), OF_FILE);

    assertThat(rounded(values)).isEqualTo("0 0 128 255");
  }

  @ParameterizedTest
  @CsvSource({"2000, 2000, 0 0 128 255", "2000, 0.5, 0 0 128 255", "1000, 4000, 64 128 191 255"})
  void apply_linearExact_hasNoHalves(String center, String width, String expected) {
    assertThat(rounded(decode(pixels(window("LINEAR_EXACT", center, width)), OF_FILE)))
        .isEqualTo(expected);
  }

  @Test
  void apply_unknownFunction_isRefusedUnlessTheWindowIsDeclared() {
    byte[] file = pixels(window("CUBIC", "2048", "4096"));

    assertThatThrownBy(() -> decode(file, OF_FILE))
        .hasMessageContaining("VOI LUT Function")
        .hasMessageContaining("window: none");
    assertThat(rounded(decode(file, NONE))).isEqualTo("0 1000 2000 4095");
  }

  @Test
  void apply_tableInsteadOfAWindow_isRefusedUnlessEmpty() {
    DicomFile table = file("MONOCHROME2", 0).header(TABLE, "SQ", 8).header(0xfffee000, "", 0);
    DicomFile empty = file("MONOCHROME2", 0).header(TABLE, "SQ", 0);
    DicomFile emptyToo = file("MONOCHROME2", 0).header(TABLE, "SQ", -1).header(0xfffee0dd, "", 0);

    assertThatThrownBy(() -> decode(pixels(table), OF_FILE)).hasMessageContaining("is a table");
    assertThat(rounded(decode(pixels(empty), OF_FILE))).isEqualTo("0 62 125 255");
    assertThat(rounded(decode(pixels(emptyToo), OF_FILE))).isEqualTo("0 62 125 255");
  }

  @ParameterizedTest
  @CsvSource({
    "MONOCHROME2, 0, 0, 0 62 125 255",
    "MONOCHROME1, 0, 0, 0 193 130 0",
    "MONOCHROME2, 4095, 4095, 0 62 125 0",
    "MONOCHROME1, 1000, 1000, 255 0 130 0",
    "MONOCHROME1, 0, 1500, 0 0 130 0",
    "MONOCHROME1, 1500, 0, 0 0 130 0",
    "MONOCHROME1, 3000, 2000, 255 193 0 0"
  })
  void apply_padding_isBlack(String photometric, int padding, int limit, String expected) {
    DicomFile file = file(photometric, 0).put(PADDING, padding);
    if (limit != padding) {
      file.put(PADDING_LIMIT, limit);
    }
    byte[] bytes = pixels(file);

    assertThat(rounded(decode(bytes, OF_FILE))).isEqualTo(expected);
    assertThat(rounded(decode(bytes, new Preprocess.Window.Linear(2048, 4096))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"MONOCHROME2, 0 1000 2000 4095", "MONOCHROME1, 0 3095 2095 0"})
  void apply_paddingWithoutWindow_isTheDarkerOfBothEnds(String photometric, String expected) {
    assertThat(rounded(decode(pixels(file(photometric, 0).put(PADDING, 0)), NONE)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"US", "SS", "OW"})
  void apply_signedPadding_isReadByThePixelRepresentation(String representation) {
    byte[] minusTwoThousand = {0x30, (byte) 0xf8};
    for (String photometric : new String[] {"MONOCHROME1", "MONOCHROME2"}) {
      byte[] file =
          file(photometric, 1)
              .put(PADDING, representation, minusTwoThousand)
              .pixels16(-2000, -2048, 0, 2047)
              .bytes();

      assertThat(decode(file, OF_FILE)[0]).isZero();
      assertThat(decode(file, OF_FILE)[1]).isEqualTo(photometric.equals("MONOCHROME1") ? 255 : 0);
    }
  }

  @Test
  void apply_paddingThatTheStoredBitsCannotHold_isFoundInTheWholeCell() {
    byte[] file =
        file("MONOCHROME1", 0).put(PADDING, 0xf830).pixels16(0xf830, 0x0830, 0, 0xffff).bytes();

    assertThat(rounded(decode(file, OF_FILE))).isEqualTo("0 124 255 0");
  }

  @Test
  void apply_paddingUnderOverlayBits_isFoundInTheStoredOnes() {
    byte[] file = file("MONOCHROME1", 0).put(PADDING, 5).pixels16(0xf005, 5, 0xf000, 4095).bytes();

    assertThat(rounded(decode(file, OF_FILE))).isEqualTo("0 0 255 0");
  }

  @Test
  void apply_emptyPadding_isAsAbsent() {
    DicomFile file = file("MONOCHROME1", 0).put(PADDING, "US", "").put(PADDING_LIMIT, 4095);

    assertThat(rounded(decode(pixels(file), OF_FILE))).isEqualTo("255 193 130 0");
  }

  private static DicomFile window(String function, String center, String width) {
    return file("MONOCHROME2", 0)
        .put(CENTER, "DS", center)
        .put(WIDTH, "DS", width)
        .put(FUNCTION, "CS", function);
  }

  private static DicomFile file(String photometric, int signed) {
    return new DicomFile(DicomFile.EXPLICIT)
        .put(PHOTOMETRIC, "CS", photometric)
        .sides(2, 2, 12, signed);
  }

  private static byte[] pixels(DicomFile file) {
    return file.pixels16(0, 1000, 2000, 4095).bytes();
  }

  private static double[] decode(byte[] bytes, Preprocess.Window window) {
    return DicomDecoder.decode("a.dcm", bytes, OptionalInt.empty(), window).values();
  }

  private static String rounded(double[] values) {
    return String.join(
        " ", Arrays.stream(values).mapToObj(value -> String.valueOf(Math.round(value))).toList());
  }
}
