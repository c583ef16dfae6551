package io.maskwire.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads back a volume that the demo wrote, by the offsets of nifti1.h. */
final class NiftiReading {

  private NiftiReading() {}

  static ByteBuffer bytes(Path file) throws IOException {
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
      return ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  static float[] values(Path file) throws IOException {
    ByteBuffer bytes = bytes(file);
    bytes.position((int) bytes.getFloat(108));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
