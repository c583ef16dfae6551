package io.maskwire.input;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are read or refused with {@link InputException}. Runs over the stored inputs only;
 * JAZZER_FUZZ=1 searches for new ones, one method at a time.
 */
class InputFuzzTest {
  static byte[] npySeed() {
    return NpyDecoderTest.npy(1, "<f4", "True", "(1, 2)", new byte[8]);
  }

  static byte[] niftiSeed() {
    return new NiftiFile(ByteOrder.LITTLE_ENDIAN, 2, 8, new byte[2], 2, 1, 1).bytes();
  }

  static byte[] dicomSeed() {
    return DicomFile.gray(DicomFile.EXPLICIT, 1, 2, 12, 0)
        .put(0x00281050, "DS", "40")
        .put(0x00281051, "DS", "400")
        .pixels16(1, 2)
        .bytes();
  }

  static Stream<Arguments> npySeeds() {
    return Stream.of(Arguments.of((Object) npySeed()));
  }

  static Stream<Arguments> niftiSeeds() {
    return Stream.of(
        Arguments.of((Object) niftiSeed()),
        Arguments.of((Object) NiftiFile.gzip(niftiSeed())),
        Arguments.of(
            (Object)
                new NiftiFile(ByteOrder.BIG_ENDIAN, 2, 8, new byte[2], 2, 1, 1)
                    .sform("LPS", 1)
                    .secondVersion()));
  }

  static Stream<Arguments> dicomSeeds() {
    return Stream.of(Arguments.of((Object) dicomSeed()));
  }

  @MethodSource("npySeeds")
  @FuzzTest
  void npy(byte[] bytes) {
    decode(() -> NpyDecoder.decode("a.npy", bytes));
  }

  @MethodSource("niftiSeeds")
  @FuzzTest
  void nifti(byte[] bytes) {
    decode(() -> NiftiDecoder.decode("a.nii", new ByteArrayInputStream(bytes), OptionalInt.of(0)));
  }

  @MethodSource("dicomSeeds")
  @FuzzTest
  void dicom(byte[] bytes) {
    decode(
        () ->
            DicomDecoder.decode("a.dcm", bytes, OptionalInt.of(0), new Preprocess.Window.OfFile()));
  }

  static Stream<Arguments> pictureSeeds() throws IOException {
    BufferedImage image = JpegFile.picture(20, 20, BufferedImage.TYPE_3BYTE_BGR, 1);
    return Stream.of(
        Arguments.of((Object) JpegFile.write(image, 2, 2, false)),
        Arguments.of((Object) JpegFile.write(image, 1, 1, true)));
  }

  @MethodSource("pictureSeeds")
  @FuzzTest
  void picture(byte[] bytes) {
    decode(() -> PictureDecoder.decode("a.jpg", bytes));
  }

  @FuzzTest
  void tensorProto(byte[] bytes) {
    decode(() -> TensorProtoDecoder.decode("a.pb", bytes));
  }

  @FuzzTest
  void preprocess(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    decode(() -> Preprocess.parse("p.yaml", text));
  }

  private static void decode(Runnable decoder) {
    try {
      decoder.run();
    } catch (InputException refused) {
      // The one allowed answer to bytes that cannot be used.
    }
  }
}
