package io.maskwire.input;

/**
 * The bits of entropy-coded JPEG data (ITU-T T.81, section F.2.2.5), stuffed zero bytes removed.
 */
final class JpegBits {
  private static final int LOOKAHEAD = 16;

  private final ByteSource source;
  private int buffer;
  private int count;

  /** How many of the bits in the buffer are made up, since a marker ended the data. */
  private int missing;

  JpegBits(ByteSource source) {
    this.source = source;
  }

  /** The next 16 bits, which are not consumed; zeros behind the end of the data. */
  int peek16() {
    while (count < LOOKAHEAD) {
      int next = source.entropyByte();
      if (next < 0) {
        missing += 8;
      }
      buffer = buffer << 8 | Math.max(next, 0);
      count += 8;
    }
    return buffer >>> (count - LOOKAHEAD) & 0xffff;
  }

  /** Consumes bits that {@link #peek16} has shown. */
  void skip(int bits) {
    count -= bits;
    if (count < missing) {
      throw source.error("JPEG data ends too early: the file is damaged; fetch it again");
    }
  }

  /** The next {@code bits} bits, at most 16. */
  int read(int bits) {
    int value = peek16() >>> (LOOKAHEAD - bits);
    skip(bits);
    return value;
  }

  /** A number of {@code bits} bits whose first bit says its sign (section F.2.2.1). */
  int readSigned(int bits) {
    if (bits == 0) {
      return 0;
    }
    int value = read(bits);
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  /**
   * Ends the data: what fills the last byte is dropped.
   *
   * @return the marker that follows
   */
  int finish() {
    if (count - missing >= 8) {
      throw source.error("JPEG data goes on behind the picture: the file is damaged");
    }
    buffer = 0;
    count = 0;
    missing = 0;
    return source.jpegMarker();
  }
}
