package io.maskwire.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The data set of a deflated DICOM file (PS3.5 section A.5): RFC 1951, without a header. */
final class Deflated {
  /** The largest image that is read, and what may stand before it. */
  static final int MAX_BYTES = 2 * Samples.MAX_SAMPLES + (1 << 20);

  private Deflated() {}

  /**
   * What is left of {@code source}, decompressed. A file of an odd length ends with one more byte,
   * which is zero.
   */
  static byte[] inflate(ByteSource source) {
    ByteBuffer compressed = source.rest();
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 16];
      while (!inflater.finished()) {
        int count = inflater.inflate(part);
        if (count == 0 && !inflater.finished()) {
          throw damaged(source);
        }
        out.write(part, 0, count);
        if (out.size() > MAX_BYTES) {
          throw source.error(
              "the data set decompresses to more than "
                  + MAX_BYTES
                  + " bytes, the most that is read; export it uncompressed");
        }
      }
      int left = inflater.getRemaining();
      if (left > 1 || (left == 1 && compressed.get(compressed.limit() - 1) != 0)) {
        throw damaged(source);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw damaged(source);
    } finally {
      inflater.end();
    }
  }

  private static InputException damaged(ByteSource source) {
    return source.error(
        "the deflated data set is truncated or damaged; fetch it again or export it uncompressed");
  }
}
