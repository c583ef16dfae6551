package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes 8-bit gray and RGB PNG files. */
public final class PngWriter {
  private PngWriter() {}

  /**
   * Writes {@code picture} of shape [height, width, 1 or 3] with whole values from 0 to 255.
   *
   * @throws IllegalArgumentException if the shape or a value is another
   */
  public static void write(Path file, FloatTensor picture) throws IOException {
    int[] shape = picture.shape().toArray();
    if (shape.length != 3 || (shape[2] != 1 && shape[2] != 3)) {
      throw new IllegalArgumentException(
          "a picture has shape [height, width, 1 or 3], not " + picture.shape());
    }
    int type = shape[2] == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(shape[1], shape[0], type);
    WritableRaster raster = image.getRaster();
    int from = 0;
    for (int y = 0; y < shape[0]; y++) {
      for (int x = 0; x < shape[1]; x++) {
        for (int channel = 0; channel < shape[2]; channel++) {
          raster.setSample(x, y, channel, toByte(picture.get(from++)));
        }
      }
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this Java has no PNG writer");
      }
    }
  }

  private static int toByte(float value) {
    int whole = (int) value;
    if (whole != value || whole < 0 || whole > 255) {
      throw new IllegalArgumentException("value " + value + " is not whole, from 0 to 255");
    }
    return whole;
  }
}
