package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a DICOM file is: how it starts, how it is written, and whether it is an image at all. */
class DicomDatasetTest {
  private static final String PREFIX = "1.2.840.10008.1.2";
  private static final int SOP_CLASS = 0x00080016;
  private static final int MODALITY = 0x00080060;

  @ParameterizedTest
  @EnumSource(DicomFile.Start.class)
  void parse_everyStart_isRead(DicomFile.Start start) {
    for (String syntax :
        new String[] {DicomFile.EXPLICIT, DicomFile.IMPLICIT, DicomFile.BIG_ENDIAN}) {
      byte[] file = image(new DicomFile(syntax, start));

      assertThat(decode(file)).as(syntax).containsExactly(1, 2);
      assertThat(DicomStart.matches(file)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomFile.EXPLICIT, DicomFile.IMPLICIT, DicomFile.BIG_ENDIAN})
  void parse_preambleWithoutTransferSyntax_isGuessed(String syntax) {
    byte[] withoutMeta = image(new DicomFile(syntax, DicomFile.Start.DATA_SET));
    byte[] file = new byte[132 + withoutMeta.length];
    System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, file, 128, 4);
    System.arraycopy(withoutMeta, 0, file, 132, withoutMeta.length);

    assertThat(decode(file)).containsExactly(1, 2);
  }

  @Test
  void parse_bytesBehindThePixels_areIgnored() {
    byte[] file =
        DicomFile.gray(DicomFile.EXPLICIT, 1, 2, 16, 0)
            .pixels16(1, 2)
            .put(0xfffcfffc, "OB", new byte[7])
            .bytes();

    assertThat(decode(file)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void parse_deflated_isRead(int padding) {
    byte[] file = image(new DicomFile(DicomFile.DEFLATED), true);
    byte[] padded = Arrays.copyOf(file, file.length + padding);

    assertThat(decode(padded)).containsExactly(1, 2);
  }

  @Test
  void parse_deflatedAndDamaged_isRefused() {
    byte[] file = image(new DicomFile(DicomFile.DEFLATED), true);
    byte[] longer = Arrays.copyOf(file, file.length + 2);

    Mutations.assertEveryCutIsRefused(file, DicomDatasetTest::decode);
    assertThatThrownBy(() -> decode(longer)).hasMessageContaining("deflated data set");
  }

  @Test
  void parse_deflatedBomb_isRefused() {
    byte[] file =
        new DicomFile(DicomFile.DEFLATED)
            .put(0x00091001, "OB", new byte[Deflated.MAX_BYTES + 1])
            .deflated();

    assertThat(file.length).isLessThan(1 << 20);
    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("decompresses to more than " + Deflated.MAX_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.5.1.4.1.1.88.11, SR, 'structured report, SR, Modality SR'",
    "1.2.840.10008.5.1.4.1.1.88.59, KO, 'key object selection, Modality KO'",
    "1.2.840.10008.5.1.4.1.1.481.5, RTPLAN, 'RT plan, Modality RTPLAN'",
    "1.2.840.10008.5.1.4.1.1.481.3, RTSTRUCT, 'RT structure set, Modality RTSTRUCT'",
    "1.2.840.10008.5.1.4.1.1.104.1, DOC, 'encapsulated PDF, Modality DOC'",
    "1.2.840.10008.5.1.4.1.1.11.1, PR, 'presentation state, Modality PR'",
    "1.2.840.10008.5.1.4.1.1.9.1.1, ECG, 'waveform, Modality ECG'",
    "1.2.840.10008.5.1.4.1.1.66, CT, 'raw data, Modality CT'",
    "1.2.840.10008.1.3.10, '', 'DICOMDIR, an index of files'",
    "1.2.3.4, XX, 'SOP class 1.2.3.4, Modality XX'"
  })
  void parse_objectWithoutPixels_saysWhatItIs(String uid, String modality, String what) {
    for (String syntax :
        new String[] {DicomFile.EXPLICIT, DicomFile.IMPLICIT, DicomFile.BIG_ENDIAN}) {
      DicomFile file = new DicomFile(syntax).put(SOP_CLASS, "UI", uid);
      if (!modality.isEmpty()) {
        file.put(MODALITY, "CS", modality);
      }

      assertThatThrownBy(() -> decode(file.bytes()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a.dcm: this DICOM object (" + what + ") holds no image");
    }
  }

  @Test
  void parse_deflatedReport_saysWhatItIs() {
    DicomFile file =
        new DicomFile(DicomFile.DEFLATED).put(SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.88.33");

    assertThatThrownBy(() -> decode(file.deflated()))
        .hasMessageContaining("structured report")
        .hasMessageContaining("holds no image");
  }

  @Test
  void parse_floatingPixels_areRefusedByName() {
    DicomFile file = new DicomFile(DicomFile.EXPLICIT).put(0x7fe00008, "OB", new byte[4]);

    assertThatThrownBy(() -> decode(file.bytes())).hasMessageContaining("floating point");
  }

  @ParameterizedTest
  @CsvSource({
    ".4.50, JPEG Baseline, dcmdjpeg",
    ".4.51, JPEG Extended, dcmdjpeg",
    ".4.57, JPEG Lossless, dcmdjpeg",
    ".4.70, JPEG Lossless, dcmdjpeg",
    ".4.80, JPEG-LS Lossless, dcmdjpls",
    ".4.81, JPEG-LS Near-lossless, dcmdjpls",
    ".4.90, JPEG 2000 Lossless, gdcmconv --raw",
    ".4.91, JPEG 2000, gdcmconv --raw",
    ".4.201, High-Throughput JPEG 2000, dcm2dcm",
    ".4.203, High-Throughput JPEG 2000, dcm2dcm",
    ".5, RLE Lossless, dcmdrle"
  })
  void parse_compressed_namesTheOneToolThatReadsIt(String uid, String name, String tool) {
    assertThatThrownBy(() -> decode(compressed(PREFIX + uid)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "a.dcm: transfer syntax " + name + " (" + PREFIX + uid + ") is compressed")
        .hasMessageContaining("decompress it first: " + tool + " IN.dcm OUT.dcm")
        .hasMessageNotContainingAny(others(tool));
  }

  @ParameterizedTest
  @CsvSource({
    ".4.94, leaves the pixels on a server",
    ".4.103, export one picture of it as PNG",
    ".4.110, export it uncompressed",
    ".4.99, is not read; export it uncompressed"
  })
  void parse_otherSyntax_saysWhatToDo(String uid, String remedy) {
    assertThatThrownBy(() -> decode(compressed(PREFIX + uid)))
        .hasMessageContaining(uid)
        .hasMessageContaining(remedy);
  }

  @Test
  void parse_compressedUnderAPlainSyntax_isRefused() {
    assertThatThrownBy(() -> decode(compressed(DicomFile.EXPLICIT)))
        .hasMessageContaining("although the transfer syntax is Explicit VR Little Endian");
  }

  @Test
  void matches_otherFiles_isFalse() {
    assertThat(DicomStart.matches(new byte[400])).isFalse();
    assertThat(DicomStart.matches(new byte[] {8, 7, 18, 4, 't', 'e', 's', 't'})).isFalse();
    assertThat(DicomStart.matches(new byte[] {8, 0})).isFalse();
    assertThatCode(() -> DicomStart.matches(new byte[0])).doesNotThrowAnyException();
  }

  private static String[] others(String tool) {
    return Stream.of("dcmdjpeg", "dcmdjpls", "dcmdrle", "gdcmconv --raw", "dcm2dcm")
        .filter(other -> !other.equals(tool))
        .toArray(String[]::new);
  }

  private static byte[] compressed(String syntax) {
    return DicomFile.gray(syntax, 1, 2, 16, 0)
        .header(DicomDataset.PIXEL_DATA, "OB", -1)
        .header(0xfffee000, "", 0)
        .bytes();
  }

  private static byte[] image(DicomFile file) {
    return image(file, false);
  }

  private static byte[] image(DicomFile file, boolean deflated) {
    DicomFile whole =
        file.put(SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.7").image(1, 2, 16, 0).pixels16(1, 2);
    return deflated ? whole.deflated() : whole.bytes();
  }

  private static double[] decode(byte[] bytes) {
    return DicomDecoder.decode("a.dcm", bytes, OptionalInt.empty(), new Preprocess.Window.None())
        .values();
  }
}
