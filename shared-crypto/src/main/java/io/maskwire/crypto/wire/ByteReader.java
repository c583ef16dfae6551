package io.maskwire.crypto.wire;

import io.maskwire.crypto.fss.LevelWords;
import io.maskwire.crypto.ring.BitPacking;
import io.maskwire.crypto.ring.BitWidth;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote; runs out with {@link ErrorCode#MALFORMED}, never otherwise.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private final String what;
  private int position;

  /**
   * A reader of all of {@code bytes}.
   *
   * @param what what the bytes are, for messages: "program", "key section of step 3"
   */
  public ByteReader(byte[] bytes, String what) {
    this(bytes, bytes.length, what);
  }

  /** A reader of the first {@code length} bytes of {@code bytes}. */
  ByteReader(byte[] bytes, int length, String what) {
    this.bytes = bytes;
    this.end = length;
    this.what = what;
  }

  /** A refusal that names what is read and where. */
  public ProtocolException malformed(String problem) {
    return new ProtocolException(
        ErrorCode.MALFORMED, "%s is damaged at byte %d: %s".formatted(what, position, problem));
  }

  private int advance(long length) {
    if (length < 0 || length > end - position) {
      throw malformed("%d bytes expected, %d left".formatted(length, end - position));
    }
    int at = position;
    position += (int) length;
    return at;
  }

  /** An unsigned byte. */
  public int getByte() {
    return bytes[advance(1)] & 0xff;
  }

  /** An unsigned number of two bytes. */
  public int getShort() {
    return getByte() << 8 | getByte();
  }

  /** A number of four bytes. */
  public int getInt() {
    return getShort() << 16 | getShort();
  }

  /** A number of eight bytes. */
  public long getLong() {
    return (long) getInt() << 32 | (getInt() & 0xffff_ffffL);
  }

  /** A number from {@link ByteWriter#putVarint}. */
  public long getVarint() {
    long zigzag = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int group = getByte();
      zigzag |= (long) (group & 0x7f) << shift;
      if (group < 0x80) {
        return zigzag >>> 1 ^ -(zigzag & 1);
      }
    }
    throw malformed("a number of more than 64 bits");
  }

  /** A varint within [least, most]. */
  public int getCount(int least, int most) {
    long value = getVarint();
    if (value < least || value > most) {
      throw malformed("%d is not between %d and %d".formatted(value, least, most));
    }
    return (int) value;
  }

  /** {@code length} bytes. */
  public byte[] getBytes(int length) {
    int at = advance(length);
    return Arrays.copyOfRange(bytes, at, at + length);
  }

  /** A string of at most 65,535 bytes of UTF-8. */
  public String getString() {
    int length = getCount(0, 0xffff);
    int at = advance(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, at, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("text that is not UTF-8");
    }
  }

  /** {@code count} values packed to {@code width}. */
  public long[] getPacked(int count, BitWidth width) {
    int at = advance(width.packedBytes(count));
    return BitPacking.unpack(bytes, at, count, width);
  }

  /** {@code count} words of trees, as a view of the bytes that are read. */
  LevelWords getLevels(int count) {
    int at = advance((long) count * Long.BYTES);
    return LevelWords.of(bytes, at, count);
  }

  /** Goes on at byte {@code target}. */
  ByteReader skipTo(int target) {
    advance((long) target - position);
    return this;
  }

  /** Bytes not read yet. */
  public int remaining() {
    return end - position;
  }

  /** Refuses bytes after the end. */
  public void expectEnd() {
    if (remaining() != 0) {
      throw malformed(remaining() + " bytes too many");
    }
  }

  /** Reads a format's magic number and version. */
  public void expectHeader(int magic, int version) {
    int found = getInt();
    if (found != magic) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "%s does not start with %08x but with %08x: it is no such file"
              .formatted(what, magic, found));
    }
    int foundVersion = getShort();
    if (foundVersion != version) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_VERSION,
          "%s has format version %d, this build reads version %d"
              .formatted(what, foundVersion, version));
    }
  }
}
