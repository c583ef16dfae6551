package io.maskwire.crypto.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A program file taken apart, so that its body can be damaged where deflation would hide it. */
final class ProgramFile {
  private static final int HEADER = 10;

  private ProgramFile() {}

  /** The body, inflated. */
  static byte[] body(byte[] file) {
    var deflated = new ByteArrayInputStream(file, HEADER, file.length - HEADER);
    try (var inflater = new InflaterInputStream(deflated)) {
      return inflater.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with this body. */
  static byte[] of(byte[] body) {
    return of(body, body.length);
  }

  /** A file with this body that claims another length. */
  static byte[] of(byte[] body, int length) {
    var deflated = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(deflated)) {
      deflater.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteWriter(HEADER)
        .putInt(0x4d575047)
        .putShort(1)
        .putInt(length)
        .putBytes(deflated.toByteArray())
        .toBytes();
  }

  /** {@code bytes} with the CRC-32C of all before in the last four. */
  static byte[] withChecksum(byte[] bytes) {
    int length = bytes.length - Integer.BYTES;
    return new ByteWriter(bytes.length)
        .putBytes(Arrays.copyOf(bytes, length))
        .putInt(KeyHeader.checksum(bytes, 0, length))
        .toBytes();
  }
}
