package io.maskwire.tests.page;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** PNG and JPEG files of random pixels. */
final class Pictures {
  private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";
  private static final int JFIF_BYTES = 18;

  private final Random random;

  Pictures(Random random) {
    this.random = random;
  }

  /** Random samples, a little smooth so that every PNG filter finds its use. */
  private BufferedImage fill(BufferedImage image, int values) {
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          int smooth = values * (x + 2 * y + 3 * band) / (4 * image.getWidth() + 8);
          raster.setSample(x, y, band, (smooth + random.nextInt(values / 2 + 1)) % values);
        }
      }
    }
    return image;
  }

  BufferedImage gray(int width, int height) {
    return fill(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), 256);
  }

  BufferedImage gray16(int width, int height) {
    return fill(new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY), 65_536);
  }

  BufferedImage colour(int width, int height) {
    return fill(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), 256);
  }

  /** Of 16 bits, with an alpha channel that is opaque. */
  BufferedImage opaque(int width, int height) {
    BufferedImage image =
        fill(new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR), 256);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 3, 255);
      }
    }
    return image;
  }

  /** A palette of 2^bits colours. */
  BufferedImage palette(int width, int height, int bits) {
    int size = 1 << bits;
    byte[][] colours = new byte[3][size];
    for (byte[] channel : colours) {
      random.nextBytes(channel);
    }
    ColorModel model = new IndexColorModel(bits, size, colours[0], colours[1], colours[2]);
    SampleModel samples = model.createCompatibleSampleModel(width, height);
    WritableRaster raster = Raster.createWritableRaster(samples, new Point());
    return fill(new BufferedImage(model, raster, false, null), size);
  }

  /** Black and white: gray of one bit in the file. */
  BufferedImage bits(int width, int height) {
    return fill(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), 2);
  }

  static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
    return write(image, "png", interlaced);
  }

  static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    return write(image, "jpeg", progressive);
  }

  /** A JPEG whose second and third component are smaller than the first. */
  static byte[] subsampled(BufferedImage image, int across, int down) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(JPEG_METADATA);
    IIOMetadataNode first = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
    first.setAttribute("HsamplingFactor", String.valueOf(across));
    first.setAttribute("VsamplingFactor", String.valueOf(down));
    metadata.setFromTree(JPEG_METADATA, root);
    return write(writer, new IIOImage(image, null, metadata), writer.getDefaultWriteParam());
  }

  /** A JPEG of four components without any marker that says what they are. */
  byte[] inks(int width, int height) throws IOException {
    BufferedImage image =
        fill(new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR), 256);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    return write(writer, new IIOImage(image.getRaster(), null, null), null);
  }

  /** {@code jpeg} with one more segment, in front of the others. */
  static byte[] insert(byte[] jpeg, int marker, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + data.length + 4);
    file.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker).putShort((short) (data.length + 2));
    return file.put(data).put(jpeg, 2, jpeg.length - 2).array();
  }

  /** {@code jpeg} without the JFIF segment, which is its first. */
  static byte[] withoutJfif(byte[] jpeg) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length - JFIF_BYTES).put(jpeg, 0, 2);
    return file.put(jpeg, 2 + JFIF_BYTES, jpeg.length - 2 - JFIF_BYTES).array();
  }

  private static byte[] write(BufferedImage image, String format, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    return write(writer, new IIOImage(image, null, null), parameters);
  }

  private static byte[] write(
      ImageWriter writer, IIOImage image, @Nullable ImageWriteParam parameters) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, image, parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
