package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegDecoderTest {
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;

  /** Java's decoder is libjpeg 6b, whose 4:4:0 has no smoothing; for the rest it is a witness. */
  @ParameterizedTest
  @CsvSource({
    "53, 47, 1, 1", "53, 47, 2, 2", "53, 47, 2, 1", "64, 32, 2, 2", "1, 1, 2, 2", "2, 3, 2, 2",
    "3, 2, 2, 1", "4, 9, 2, 2", "5, 17, 2, 2", "6, 1, 2, 1", "37, 41, 4, 1", "37, 41, 4, 2",
    "16, 200, 2, 2"
  })
  void decode_colour_isLibjpegsToTheLastBit(int width, int height, int horizontal, int vertical)
      throws IOException {
    for (boolean progressive : new boolean[] {false, true}) {
      BufferedImage image = JpegFile.picture(width, height, BufferedImage.TYPE_3BYTE_BGR, 7);
      byte[] file = JpegFile.write(image, horizontal, vertical, progressive);

      assertThat(decode(file)).as("progressive %s", progressive).isEqualTo(byImageIo(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "1, 1", "53, 47", "9, 100"})
  void decode_gray_isLibjpegsToTheLastBit(int width, int height) throws IOException {
    for (boolean progressive : new boolean[] {false, true}) {
      BufferedImage image = JpegFile.picture(width, height, BufferedImage.TYPE_BYTE_GRAY, 7);
      byte[] file = JpegFile.write(image, 1, 1, progressive);

      assertThat(decode(file)).isEqualTo(byImageIo(file));
    }
  }

  @Test
  void decode_colourProfiles_areNotApplied() throws IOException {
    byte[] colour = colour();
    byte[] gray =
        JpegFile.write(JpegFile.picture(20, 20, BufferedImage.TYPE_BYTE_GRAY, 7), 1, 1, false);

    for (int space : new int[] {ColorSpace.CS_LINEAR_RGB, ColorSpace.CS_PYCC, ColorSpace.CS_GRAY}) {
      byte[] profile = ICC_Profile.getInstance(space).getData();
      int segments = Math.ceilDiv(profile.length, 60_000);
      assertThat(decode(withProfile(colour, profile, segments))).isEqualTo(decode(colour));
      assertThat(decode(withProfile(gray, profile, segments))).isEqualTo(decode(gray));
      assertThat(decode(withProfile(colour, profile, segments + 2))).isEqualTo(decode(colour));
    }
    assertThat(decode(withProfile(colour, new byte[] {1, 2, 3}, 1))).isEqualTo(decode(colour));
    assertThat(decode(JpegFile.insert(colour, APP2, new byte[0]))).isEqualTo(decode(colour));
  }

  private static byte[] withProfile(byte[] file, byte[] profile, int segments) {
    byte[] result = file;
    int size = Math.ceilDiv(profile.length, segments);
    for (int i = segments; i > 0; i--) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
      data.write(i);
      data.write(segments);
      int from = (i - 1) * size;
      data.write(profile, from, Math.min(size, profile.length - from));
      result = JpegFile.insert(result, APP2, data.toByteArray());
    }
    return result;
  }

  @Test
  void decode_orientation_isNotApplied() throws IOException {
    byte[] exif = {
      'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 3,
      0, 0, 0, 0, 0, 0
    };

    assertThat(decode(JpegFile.insert(colour(), APP1, exif))).isEqualTo(decode(colour()));
  }

  @Test
  void decode_adobeTransform_saysWhetherItIsYcc() throws IOException {
    byte[] bare = JpegFile.remove(colour(), APP0);
    double[] converted = decode(colour());
    double[] stored = decode(JpegFile.rename(bare, 'R', 'G', 'B'));

    assertThat(stored).isNotEqualTo(converted).isEqualTo(byImageIoRaster(colour()));
    assertThat(decode(bare)).isEqualTo(converted);
    assertThat(decode(JpegFile.rename(bare, 7, 8, 9))).isEqualTo(converted);
    assertThat(decode(JpegFile.insert(bare, APP14, adobe(0)))).isEqualTo(stored);
    assertThat(decode(JpegFile.insert(bare, APP14, adobe(1)))).isEqualTo(converted);
    assertThat(decode(JpegFile.insert(colour(), APP14, adobe(0)))).isEqualTo(converted);
    assertThat(decode(JpegFile.rename(colour(), 'R', 'G', 'B'))).isEqualTo(converted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void decode_fourComponents_areInkInverted(int transform) throws IOException {
    byte[] cmyk = fourComponents();
    byte[] adobe = JpegFile.insert(cmyk, APP14, adobe(transform));
    int[] stored = stored(cmyk);
    double[] expected = new double[stored.length / 4 * 3];
    for (int i = 0; i < expected.length; i++) {
      int[] pixel = Arrays.copyOfRange(stored, i / 3 * 4, i / 3 * 4 + 4);
      double colour = transform == 0 ? pixel[i % 3] : 255 - ycc(pixel, i % 3);
      expected[i] = Math.floor(colour * pixel[3] / 255 + 0.5);
    }

    assertThat(decode(adobe)).isEqualTo(expected);
  }

  @Test
  void decode_fourComponentsWithoutAdobe_areInk() throws IOException {
    int[] stored = stored(fourComponents());
    double[] expected = new double[stored.length / 4 * 3];
    for (int i = 0; i < expected.length; i++) {
      double ink = 255 - stored[i / 3 * 4 + i % 3];
      expected[i] = Math.floor(ink * (255 - stored[i / 3 * 4 + 3]) / 255 + 0.5);
    }

    assertThat(decode(fourComponents())).isEqualTo(expected);
  }

  /** The usual formula, which rounds like libjpeg's integers but for ties that do not occur. */
  private static double ycc(int[] pixel, int channel) {
    double cb = pixel[1] - 128;
    double cr = pixel[2] - 128;
    double[] rgb = {
      pixel[0] + Math.floor(1.402 * cr + 0.5),
      pixel[0] + Math.floor(-0.344136 * cb - 0.714136 * cr + 0.5),
      pixel[0] + Math.floor(1.772 * cb + 0.5)
    };
    return Math.clamp(rgb[channel], 0, 255);
  }

  @Test
  void decode_fillBytesBeforeMarkers_arePassedOver() throws IOException {
    byte[] file = colour();
    ByteArrayOutputStream filled = new ByteArrayOutputStream();
    filled.write(file, 0, 2);
    filled.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff});
    filled.write(file, 2, file.length - 4);
    filled.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xd9, 1, 2, 3});

    assertThat(decode(filled.toByteArray())).isEqualTo(decode(file));
  }

  private static byte[] colour() throws IOException {
    return JpegFile.write(JpegFile.picture(21, 18, BufferedImage.TYPE_3BYTE_BGR, 7), 1, 1, false);
  }

  private static byte[] adobe(int transform) {
    return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
  }

  /** CMYK without any marker. */
  private static byte[] fourComponents() throws IOException {
    BufferedImage image = JpegFile.picture(19, 13, BufferedImage.TYPE_4BYTE_ABGR, 7);
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image.getRaster(), null, null), null);
    } finally {
      writer.dispose();
    }
    return JpegFile.remove(JpegFile.remove(bytes.toByteArray(), APP0), APP14);
  }

  private static int[] stored(byte[] file) throws IOException {
    double[] samples = byImageIoRaster(file);
    return Arrays.stream(samples).mapToInt(sample -> (int) sample).toArray();
  }

  private static double[] decode(byte[] bytes) {
    return JpegDecoder.decode("a.jpg", bytes).values();
  }

  private static double[] byImageIo(byte[] bytes) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    return samples(image.getRaster());
  }

  private static double[] byImageIoRaster(byte[] bytes) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
      return samples(reader.readRaster(0, null));
    } finally {
      reader.dispose();
    }
  }

  private static double[] samples(Raster raster) {
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (double[]) null);
  }

  @Test
  void decode_photographsOfTheReferenceData_areLibjpegs() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var paths = Files.walk(SharedData.path(""))) {
      paths.filter(path -> path.toString().matches(".*\\.jpe?g")).limit(40).forEach(files::add);
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);

      assertThat(decode(bytes)).as("%s", file).isEqualTo(byImageIo(bytes));
    }
  }
}
