package io.maskwire.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A NIfTI-1 file put together field by field, so that tests can make each of them wrong. */
final class NiftiFile {
  private final ByteBuffer header = ByteBuffer.allocate(NiftiHeader.BYTES);
  private final byte[] voxels;

  NiftiFile(ByteOrder order, int datatype, int bits, byte[] voxels, int... dim) {
    this.voxels = voxels;
    header.order(order).putInt(0, 348);
    header.putShort(40, (short) dim.length);
    for (int i = 0; i < 7; i++) {
      header.putShort(42 + 2 * i, (short) (i < dim.length ? dim[i] : 1));
    }
    header.putShort(70, (short) datatype).putShort(72, (short) bits).putFloat(108, 352);
    header.put(344, new byte[] {'n', '+', '1', 0});
  }

  NiftiFile putShort(int offset, int value) {
    header.putShort(offset, (short) value);
    return this;
  }

  NiftiFile putInt(int offset, int value) {
    header.putInt(offset, value);
    return this;
  }

  NiftiFile putFloat(int offset, float value) {
    header.putFloat(offset, value);
    return this;
  }

  NiftiFile putFloats(int offset, float... values) {
    for (int i = 0; i < values.length; i++) {
      header.putFloat(offset + 4 * i, values[i]);
    }
    return this;
  }

  /** An sform with axes that run along the letters of {@code code}, {@code spacing} apart. */
  NiftiFile sform(String code, float spacing) {
    float[] rows = new float[12];
    for (int axis = 0; axis < 3; axis++) {
      int positive = "RAS".indexOf(code.charAt(axis));
      int row = positive >= 0 ? positive : "LPI".indexOf(code.charAt(axis));
      rows[4 * row + axis] = positive >= 0 ? spacing : -spacing;
    }
    return putShort(254, 1).putFloats(280, rows);
  }

  byte[] bytes() {
    return together(header.array());
  }

  /** The same file in version 2 of the format. */
  byte[] secondVersion() {
    ByteBuffer second = ByteBuffer.allocate(544).order(header.order());
    second.putInt(0, 540).put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 0x1a, '\n'});
    second.putShort(12, header.getShort(70)).putShort(14, header.getShort(72));
    for (int i = 0; i < 8; i++) {
      second.putLong(16 + 8 * i, header.getShort(40 + 2 * i));
      second.putDouble(104 + 8 * i, header.getFloat(76 + 4 * i));
    }
    second.putLong(168, (long) header.getFloat(108) + 192);
    second.putDouble(176, header.getFloat(112)).putDouble(184, header.getFloat(116));
    second.putInt(344, header.getShort(252)).putInt(348, header.getShort(254));
    for (int i = 0; i < 18; i++) {
      second.putDouble(352 + 8 * i, header.getFloat(256 + 4 * i));
    }
    return together(second.array());
  }

  /** The header alone, for voxels in a file of their own. */
  byte[] detachedHeader() {
    header.put(344, new byte[] {'n', 'i', '1', 0}).putFloat(108, 0);
    return Arrays.copyOf(header.array(), NiftiHeader.HEADER_BYTES);
  }

  private byte[] together(byte[] start) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(start);
    out.writeBytes(voxels);
    return out.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
