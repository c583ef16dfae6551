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
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** PNG and JPEG files of random pixels. */
final class Pictures {
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

  private static byte[] write(BufferedImage image, String format, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
