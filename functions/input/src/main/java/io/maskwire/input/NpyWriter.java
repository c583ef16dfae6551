package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes float32 .npy files, version 1.0, C order, little endian. */
public final class NpyWriter {
  private static final int ALIGNMENT = 64;
  private static final int PREFIX_BYTES = 10;

  private NpyWriter() {}

  /** Writes {@code tensor} so that {@code numpy.load} gives it back. */
  public static void write(Path file, FloatTensor tensor) throws IOException {
    String shape =
        tensor.shape().dimensions().stream()
            .map(side -> side + ",")
            .collect(Collectors.joining(" ", "(", ")"));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    int unpadded = PREFIX_BYTES + text.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    String header = text + " ".repeat(padding) + "\n";
    ByteBuffer out =
        ByteBuffer.allocate(PREFIX_BYTES + header.length() + 4 * tensor.shape().elements())
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    out.putShort((short) header.length());
    out.put(header.getBytes(StandardCharsets.US_ASCII));
    for (float value : tensor.values()) {
      out.putFloat(value);
    }
    Files.write(file, out.array());
  }
}
