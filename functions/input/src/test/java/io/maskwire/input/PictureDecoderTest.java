package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureDecoderTest {
  @Test
  void decode_rgbPng_isRedGreenBlue() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0xfdfeff);

    Samples samples = decode(encode(image, "png"));

    assertThat(samples.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(samples.values()).containsExactly(1, 2, 3, 253, 254, 255);
  }

  @Test
  void decode_grayPng_hasTheCodedValues() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 100, 255});

    assertThat(decode(encode(image, "png")).values()).containsExactly(0, 100, 255);
  }

  @Test
  void decode_gray16Png_hasWhiteAt255() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {257, 1000, 65535});

    assertThat(decode(encode(image, "png")).values()).containsExactly(1, 1000 / 257.0, 255);
  }

  @Test
  void decode_palette_isLookedUp() throws IOException {
    byte[] red = {10, 40};
    byte[] green = {20, 50};
    byte[] blue = {30, 60};
    BufferedImage image =
        new BufferedImage(
            2, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, red, green, blue));
    image.getRaster().setSample(0, 0, 0, 1);

    assertThat(decode(encode(image, "png")).values()).containsExactly(40, 50, 60, 10, 20, 30);
  }

  @Test
  void decode_bits_areBlackAndWhite() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(1, 0, 0, 1);

    double[] values = decode(encode(image, "png")).values();

    assertThat(values[0]).isZero();
    assertThat(values[values.length - 1]).isEqualTo(255);
  }

  @Test
  void decode_alpha_isDroppedIfOpaqueAndRefusedIfNot() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 0xff010203);
    image.setRGB(1, 0, 0xff040506);
    byte[] opaque = encode(image, "png");
    image.setRGB(1, 0, 0xfe040506);
    byte[] transparent = encode(image, "png");

    assertThat(decode(opaque).values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> decode(transparent))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pixel (1, 0) is transparent");
  }

  @Test
  void decode_jpegUnderAnotherName_isReadByItsContent() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, 128);
    }

    Samples samples = decode(encode(image, "jpeg"));

    assertThat(samples.shape()).isEqualTo(Shape.of(8, 8, 1));
    assertThat(samples.values()).containsOnly(128.0);
  }

  @Test
  void decode_pngThatClaimsTooManyPixels_isRefusedBeforeDecoding() throws IOException {
    byte[] png = encode(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png");
    ByteBuffer bytes = ByteBuffer.wrap(png);
    bytes.putInt(16, 30_000).putInt(20, 30_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    bytes.putInt(29, (int) crc.getValue());

    assertThatThrownBy(() -> decode(png)).hasMessageContaining("more than 67108864 samples");
  }

  @Test
  void decode_profileGammaAndText_areNotApplied() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] plain = encode(noise(type), "png");
      byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

      for (byte[] file :
          new byte[][] {
            insert(plain, "gAMA", ByteBuffer.allocate(4).putInt(22_000).array()),
            insert(plain, "cHRM", new byte[32]),
            insert(plain, "sRGB", new byte[] {1}),
            insert(plain, "iCCP", concat("p\0\0", deflate(profile))),
            insert(plain, "iCCP", concat("p\0\0", new byte[] {1, 2, 3})),
            insert(plain, "iCCP", new byte[0]),
            insert(plain, "sBIT", new byte[] {5, 5, 5}),
            insert(plain, "tEXt", new byte[] {1}),
            insert(plain, "eXIf", new byte[] {'M', 'M'})
          }) {
        assertThat(decode(file).values()).isEqualTo(decode(plain).values());
      }
    }
  }

  /** {@code png} with a chunk behind IHDR. */
  private static byte[] insert(byte[] png, String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    chunk.putInt((int) crc.getValue());
    int ihdr = 8 + 25;
    return ByteBuffer.allocate(png.length + chunk.capacity())
        .put(png, 0, ihdr)
        .put(chunk.array())
        .put(png, ihdr, png.length - ihdr)
        .array();
  }

  private static byte[] concat(String prefix, byte[] data) {
    byte[] start = prefix.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start.length + data.length).put(start).put(data).array();
  }

  private static byte[] deflate(byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(out)) {
      stream.write(data);
    }
    return out.toByteArray();
  }

  @Test
  void decode_otherFormat_isRefused() {
    assertThatThrownBy(() -> decode("GIF89a".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("neither a PNG nor a JPEG");
  }

  @Test
  void decode_damagedPng_isRefused() throws IOException {
    byte[] good = encode(noise(BufferedImage.TYPE_3BYTE_BGR), "png");

    Mutations.assertEveryCutIsRefused(good, PictureDecoderTest::decode);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      assertThatThrownBy(() -> decode(bad)).as("byte %d", i).isInstanceOf(InputException.class);
    }
  }

  @Test
  void decode_damagedJpeg_isReadOrRefused() throws IOException {
    byte[] good = encode(noise(BufferedImage.TYPE_3BYTE_BGR), "jpeg");

    Mutations.assertEveryCutIsRefused(good, PictureDecoderTest::decode);
    assertThat(Mutations.refusedAmong(500, 5, good, PictureDecoderTest::decode)).isPositive();
  }

  @Test
  void write_picture_isReadBack(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("p.png");
    FloatTensor picture =
        FloatTensor.takeOwnershipOf(Shape.of(1, 2, 3), new float[] {0, 1, 2, 253, 254, 255});

    PngWriter.write(file, picture);

    assertThat(decode(Files.readAllBytes(file)).values()).containsExactly(0, 1, 2, 253, 254, 255);
  }

  private static BufferedImage noise(int type) {
    BufferedImage image = new BufferedImage(16, 16, type);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, i * 0x345671);
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static Samples decode(byte[] bytes) {
    return PictureDecoder.decode("a.png", bytes);
  }
}
