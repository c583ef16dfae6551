package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * PNG through {@code javax.imageio}, JPEG through {@link JpegDecoder}. The samples are those the
 * file codes: colour profiles and orientation tags are not applied, as in Pillow. 16-bit samples
 * are divided by 257, so that white is 255 at every depth. Palettes are looked up; pictures with
 * transparent pixels are refused, because what is behind them is not in the file.
 */
final class PictureDecoder {
  private PictureDecoder() {}

  /** The picture [height, width, 1 or 3] in {@code bytes}, whatever the file name ends in. */
  static Samples decode(String name, byte[] bytes) {
    boolean png = startsWith(bytes, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a);
    if (!png && !startsWith(bytes, 0xff, 0xd8, 0xff)) {
      throw new InputException(
          name, "offset 0: neither a PNG nor a JPEG file; convert the picture to PNG");
    }
    if (!png) {
      return JpegDecoder.decode(name, bytes);
    }
    return toSamples(name, decodeImage(name, PngChunks.ofSamples(name, bytes)));
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static BufferedImage decodeImage(String name, byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image;
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
      Samples.count(name, "the picture", reader.getWidth(0), reader.getHeight(0), 3);
      image = reader.read(0);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library answers malformed files with whatever exception its parser runs into.
      throw new InputException(
          name,
          "cannot be decoded as PNG: " + e.getMessage() + "; save it as an 8-bit gray or RGB PNG",
          e);
    } finally {
      reader.dispose();
    }
    if (!warnings.isEmpty()) {
      throw new InputException(
          name, "is damaged (" + warnings.getFirst() + "); fetch it again or save it as PNG");
    }
    return image;
  }

  private static Samples toSamples(String name, BufferedImage image) {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return fromPalette(name, raster, palette);
    }
    int bands = raster.getNumBands();
    int bits = image.getColorModel().getComponentSize(0);
    boolean alpha = image.getColorModel().hasAlpha();
    int channels = alpha ? bands - 1 : bands;
    if ((channels != 1 && channels != 3) || (bits != 8 && bits != 16)) {
      throw new InputException(
          name,
          "has "
              + channels
              + " channels of "
              + bits
              + " bits; save it as an 8-bit gray or RGB PNG");
    }
    double divisor = bits == 16 ? 257 : 1;
    int opaque = bits == 16 ? 65535 : 255;
    int width = raster.getWidth();
    double[] values = new double[raster.getHeight() * width * channels];
    int[] row = new int[width * bands];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        if (alpha && row[x * bands + channels] != opaque) {
          throw transparent(name, x, y);
        }
        for (int channel = 0; channel < channels; channel++) {
          values[target++] = row[x * bands + channel] / divisor;
        }
      }
    }
    return new Samples(InputKind.IMAGE, Shape.of(raster.getHeight(), width, channels), values);
  }

  private static Samples fromPalette(String name, Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    double[] values = new double[raster.getHeight() * width * 3];
    int[] row = new int[width];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        if (row[x] >= palette.getMapSize()) {
          throw new InputException(
              name, "pixel (" + x + ", " + y + ") is outside the palette; save it again");
        }
        if (palette.getAlpha(row[x]) != 255) {
          throw transparent(name, x, y);
        }
        values[target++] = palette.getRed(row[x]);
        values[target++] = palette.getGreen(row[x]);
        values[target++] = palette.getBlue(row[x]);
      }
    }
    return new Samples(InputKind.IMAGE, Shape.of(raster.getHeight(), width, 3), values);
  }

  private static InputException transparent(String name, int x, int y) {
    return new InputException(
        name,
        "pixel ("
            + x
            + ", "
            + y
            + ") is transparent; put the picture on a background and save it without transparency");
  }
}
