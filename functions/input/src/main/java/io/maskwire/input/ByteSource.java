package io.maskwire.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a file with a position. Reading past the end is an error that names the field. */
final class ByteSource {
  private final String name;
  private final ByteBuffer buffer;
  private final long base;

  private ByteSource(String name, ByteBuffer buffer, long base) {
    this.name = name;
    this.buffer = buffer;
    this.base = base;
  }

  /** Little endian bytes from the start of the file called {@code name}. */
  static ByteSource of(String name, byte[] bytes) {
    return new ByteSource(name, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
  }

  String name() {
    return name;
  }

  void order(ByteOrder order) {
    buffer.order(order);
  }

  int remaining() {
    return buffer.remaining();
  }

  int u8(String field) {
    require(1, field);
    return buffer.get() & 0xff;
  }

  int u16(String field) {
    require(2, field);
    return buffer.getShort() & 0xffff;
  }

  long u32(String field) {
    require(4, field);
    return buffer.getInt() & 0xffffffffL;
  }

  /**
   * The next byte of entropy-coded JPEG data, without the zero that is stuffed behind FF; -1 at a
   * marker or the end, which are not consumed.
   */
  int entropyByte() {
    if (buffer.remaining() < 2) {
      return -1;
    }
    int next = buffer.get() & 0xff;
    if (next == 0xff && buffer.get() != 0) {
      buffer.position(buffer.position() - 2);
      return -1;
    }
    return next;
  }

  /** The second byte of the next JPEG marker, which any number of FF may precede. */
  int jpegMarker() {
    if (u8("a JPEG marker") != 0xff) {
      throw error("no JPEG marker where one should be: the file is damaged; fetch it again");
    }
    int marker = 0xff;
    while (marker == 0xff) {
      marker = u8("a JPEG marker");
    }
    return marker;
  }

  /** The next {@code count} bytes as characters 0 to 255. */
  String ascii(long count, String field) {
    byte[] bytes = new byte[require(count, field)];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  void skip(long count, String field) {
    buffer.position(buffer.position() + require(count, field));
  }

  /** The next {@code count} bytes as a source of their own, with the same byte order. */
  ByteSource slice(long count, String field) {
    int length = require(count, field);
    long start = base + buffer.position();
    ByteBuffer part = buffer.slice(buffer.position(), length).order(buffer.order());
    buffer.position(buffer.position() + length);
    return new ByteSource(name, part, start);
  }

  /** What is left as a source of its own; this one stays where it is. */
  ByteSource ahead() {
    return new ByteSource(name, buffer.slice().order(buffer.order()), base + buffer.position());
  }

  /** What is left, from index 0; the byte order is kept. */
  ByteBuffer rest() {
    return buffer.slice().order(buffer.order());
  }

  /** An error at the current position. */
  InputException error(String what) {
    return new InputException(name, "offset " + (base + buffer.position()) + ": " + what);
  }

  private int require(long count, String field) {
    if (count < 0 || count > buffer.remaining()) {
      throw error(
          field
              + " needs "
              + count
              + " bytes, "
              + buffer.remaining()
              + " are left: the file is truncated or damaged; fetch it again");
    }
    return (int) count;
  }
}
