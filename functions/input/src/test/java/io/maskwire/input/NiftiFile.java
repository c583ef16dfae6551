package io.maskwire.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.array());
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
