package io.maskwire.tests.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** NIfTI, DICOM and NumPy files of random values. */
final class Scans {
  private static final int HEADER_BYTES = 352;
  private static final int META_START = 132;

  /** Behind the one element of the meta information: 8 bytes and a number of 20. */
  private static final int META_END = META_START + 28;

  private final Random random;

  Scans(Random random) {
    this.random = random;
  }

  /** NIfTI-1 of 16-bit integers with a scaling. */
  byte[] nifti(int x, int y, int z, ByteOrder order) {
    byte[] file = new byte[HEADER_BYTES + 2 * x * y * z];
    ByteBuffer buffer = header(file, x, y, z, order);
    buffer.putShort(70, (short) 4).putShort(72, (short) 16);
    buffer.putFloat(112, 0.37f).putFloat(116, -11.5f);
    while (buffer.hasRemaining()) {
      buffer.putShort((short) random.nextInt(1 << 16));
    }
    return file;
  }

  /** NIfTI-1 of 32-bit floats. */
  byte[] niftiFloats(int x, int y, int z) {
    byte[] file = new byte[HEADER_BYTES + 4 * x * y * z];
    ByteBuffer buffer = header(file, x, y, z, ByteOrder.LITTLE_ENDIAN);
    buffer.putShort(70, (short) 16).putShort(72, (short) 32);
    while (buffer.hasRemaining()) {
      buffer.putFloat((float) random.nextGaussian());
    }
    return file;
  }

  /**
   * NIfTI-1 of 16-bit integers with axes that run along the letters of {@code code}, by its sform.
   */
  byte[] inOrder(String code, int x, int y, int z) {
    byte[] file = nifti(x, y, z, ByteOrder.LITTLE_ENDIAN);
    ByteBuffer buffer =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(254, (short) 1);
    for (int axis = 0; axis < 3; axis++) {
      int positive = "RAS".indexOf(code.charAt(axis));
      int row = positive >= 0 ? positive : "LPI".indexOf(code.charAt(axis));
      buffer.putFloat(280 + 16 * row + 4 * axis, positive >= 0 ? 2.5f : -2.5f);
    }
    return file;
  }

  /** The same with any sform, or any qform. */
  byte[] oblique(boolean byQform, int x, int y, int z) {
    byte[] file = nifti(x, y, z, ByteOrder.BIG_ENDIAN);
    ByteBuffer buffer = ByteBuffer.wrap(file).putShort(byQform ? 252 : 254, (short) 2);
    if (byQform) {
      double[] quaternion = new double[4];
      double squares = 0;
      for (int i = 0; i < 4; i++) {
        quaternion[i] = random.nextInt(4) == 0 ? 0 : random.nextGaussian();
        squares += quaternion[i] * quaternion[i];
      }
      for (int i = 0; i < 3; i++) {
        buffer.putFloat(256 + 4 * i, (float) (quaternion[i] / Math.sqrt(Math.max(squares, 1e-9))));
      }
      return file;
    }
    for (int i = 0; i < 12; i++) {
      buffer.putFloat(280 + 4 * i, (float) (3 * random.nextGaussian()));
    }
    return file;
  }

  /** NIfTI-2 of 16-bit integers with a scaling and an order of axes. */
  byte[] second(int x, int y, int z, ByteOrder order) {
    byte[] file = new byte[544 + 2 * x * y * z];
    ByteBuffer buffer = ByteBuffer.wrap(file).order(order).putInt(0, 540);
    buffer.put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 0x1a, '\n'});
    buffer.putShort(12, (short) 4).putShort(14, (short) 16).putLong(16, 3);
    buffer.putLong(24, x).putLong(32, y).putLong(40, z).putLong(168, 544);
    buffer.putDouble(176, 0.37).putDouble(184, -11.5).putInt(348, 1);
    buffer.putDouble(400, -1).putDouble(440, -1).putDouble(480, 2);
    buffer.position(544);
    while (buffer.hasRemaining()) {
      buffer.putShort((short) random.nextInt(1 << 16));
    }
    return file;
  }

  /** {@code file} with another scaling. */
  static byte[] scaled(byte[] file, float slope, float intercept) {
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(112, slope)
        .putFloat(116, intercept);
    return file;
  }

  /** Several gzip members, one of them empty, and bytes that are none. */
  static byte[] members(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(gzip(Arrays.copyOf(file, 200)));
    out.writeBytes(gzip(new byte[0]));
    out.writeBytes(gzip(Arrays.copyOfRange(file, 200, file.length)));
    out.writeBytes(new byte[50]);
    return out.toByteArray();
  }

  private static ByteBuffer header(byte[] file, int x, int y, int z, ByteOrder order) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
    buffer.putInt(0, 348).putShort(40, (short) 3).putFloat(108, HEADER_BYTES);
    buffer.putShort(42, (short) x).putShort(44, (short) y).putShort(46, (short) z);
    buffer.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
    return buffer.position(HEADER_BYTES);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A gray DICOM image of 12 bits, explicit and little endian; window and rescale as given. */
  byte[] dicom(int rows, int columns, String photometric, String... window) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    element(out, 0x00020010, "UI", text("1.2.840.10008.1.2.1"));
    element(out, 0x00280002, "US", number(1));
    element(out, 0x00280004, "CS", text(photometric));
    element(out, 0x00280010, "US", number(rows));
    element(out, 0x00280011, "US", number(columns));
    element(out, 0x00280100, "US", number(16));
    element(out, 0x00280101, "US", number(12));
    element(out, 0x00280102, "US", number(11));
    element(out, 0x00280103, "US", number(1));
    if (window.length == 2) {
      element(out, 0x00281050, "DS", text(window[0]));
      element(out, 0x00281051, "DS", text(window[1]));
    }
    element(out, 0x00281052, "DS", text("-3.25"));
    element(out, 0x00281053, "DS", text("1.7"));
    ByteBuffer pixels = ByteBuffer.allocate(2 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    while (pixels.hasRemaining()) {
      pixels.putShort((short) random.nextInt(1 << 16));
    }
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) 0x7fe0).putShort((short) 0x0010).put(text("OW")).putShort((short) 0);
    out.writeBytes(header.putInt(pixels.capacity()).array());
    out.writeBytes(pixels.array());
    return out.toByteArray();
  }

  /** {@code dicom} with one more element of text, in front of the image. */
  static byte[] insert(byte[] dicom, int tag, String form, String value) {
    return insert(dicom, tag, form, text(value));
  }

  /** {@code dicom} with one more element of one number. */
  static byte[] insert(byte[] dicom, int tag, int value) {
    return insert(dicom, tag, "US", number(value));
  }

  private static byte[] insert(byte[] dicom, int tag, String form, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(dicom, 0, META_END);
    element(out, tag, form, value);
    out.write(dicom, META_END, dicom.length - META_END);
    return out.toByteArray();
  }

  /** {@code dicom} with its data set deflated, and a zero byte behind it where it is odd. */
  static byte[] deflated(byte[] dicom) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(dicom, 0, META_START);
    element(out, 0x00020010, "UI", text("1.2.840.10008.1.2.1.99"));
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream data = new DeflaterOutputStream(out, deflater)) {
      data.write(dicom, META_END, dicom.length - META_END);
    } finally {
      deflater.end();
    }
    if (out.size() % 2 == 1) {
      out.write(0);
    }
    return out.toByteArray();
  }

  /** {@code dicom} without its preamble and meta information. */
  static byte[] bare(byte[] dicom) {
    return Arrays.copyOfRange(dicom, META_END, dicom.length);
  }

  private static byte[] text(String value) {
    return (value.length() % 2 == 0 ? value : value + " ").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) value).array();
  }

  private static void element(ByteArrayOutputStream out, int tag, String form, byte[] value) {
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) (tag >>> 16)).putShort((short) tag).put(text(form));
    out.writeBytes(header.putShort((short) value.length).array());
    out.writeBytes(value);
  }

  /** A .npy file of random finite numbers. */
  byte[] npy(String descr, boolean fortranOrder, int... shape) {
    StringBuilder sides = new StringBuilder();
    int count = 1;
    for (int side : shape) {
      sides.append(side).append(", ");
      count *= side;
    }
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n"
            .formatted(descr, fortranOrder ? "True" : "False", sides.toString().strip());
    int size = Integer.parseInt(descr.substring(2));
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer file = ByteBuffer.allocate(10 + header.length() + count * size).order(order);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).put((byte) header.length()).put((byte) (header.length() >> 8));
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      double value = 3 * random.nextGaussian();
      switch (descr.substring(1)) {
        case "f2" -> file.putShort(Float.floatToFloat16((float) value));
        case "f4" -> file.putFloat((float) value);
        case "f8" -> file.putDouble(value);
        case "i8" -> file.putLong(random.nextLong() >> 40);
        default -> file.put((byte) random.nextInt(100));
      }
    }
    return file.array();
  }
}
