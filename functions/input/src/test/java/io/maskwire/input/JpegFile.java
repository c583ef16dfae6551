package io.maskwire.input;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.NodeList;

/** JPEG files of random pixels, and changes to their segments. */
final class JpegFile {
  private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

  private JpegFile() {}

  /** A smooth picture with some noise. */
  static BufferedImage picture(int width, int height, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          int smooth = (255 * (x + 2 * y + 31 * band)) / (width + 2 * height);
          image.getRaster().setSample(x, y, band, (smooth + random.nextInt(90)) % 256);
        }
      }
    }
    return image;
  }

  /**
   * As Java writes it.
   *
   * @param horizontal sampling factor of the first component
   * @param vertical sampling factor of the first component
   */
  static byte[] write(BufferedImage image, int horizontal, int vertical, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    NodeList components = root.getElementsByTagName("componentSpec");
    if (components.getLength() > 1) {
      IIOMetadataNode first = (IIOMetadataNode) components.item(0);
      first.setAttribute("HsamplingFactor", String.valueOf(horizontal));
      first.setAttribute("VsamplingFactor", String.valueOf(vertical));
      metadata.setFromTree(FORMAT, root);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** {@code file} with a segment of this marker behind the start of the image. */
  static byte[] insert(byte[] file, int marker, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write((data.length + 2) >> 8);
    out.write(data.length + 2);
    out.writeBytes(data);
    out.write(file, 2, file.length - 2);
    return out.toByteArray();
  }

  /** Where the first segment of this marker starts, up to the first scan. */
  static int indexOf(byte[] file, int marker) {
    int at = 2;
    while ((file[at + 1] & 0xff) != marker) {
      at += segmentLength(file, at);
    }
    return at;
  }

  private static int segmentLength(byte[] file, int at) {
    return 2 + (((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff));
  }

  /** {@code file} without its segments of this marker, as far as the first scan. */
  static byte[] remove(byte[] file, int marker) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 2);
    int at = 2;
    while ((file[at + 1] & 0xff) != 0xda) {
      int length = segmentLength(file, at);
      if ((file[at + 1] & 0xff) != marker) {
        out.write(file, at, length);
      }
      at += length;
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }

  /** {@code file} with other identifiers of its components, in frame and scans. */
  static byte[] rename(byte[] file, int... ids) {
    byte[] renamed = file.clone();
    for (int at = 2; (renamed[at] & 0xff) == 0xff; ) {
      int marker = renamed[at + 1] & 0xff;
      int first = marker == 0xda ? at + 5 : at + 10;
      int step = marker == 0xda ? 2 : 3;
      if (marker == 0xc0 || marker == 0xda) {
        for (int i = 0; i < ids.length; i++) {
          renamed[first + i * step] = (byte) ids[i];
        }
      }
      if (marker == 0xda) {
        break;
      }
      at += segmentLength(renamed, at);
    }
    return renamed;
  }
}
