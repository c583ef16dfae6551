package io.maskwire.crypto.wire;

import io.maskwire.crypto.fss.LevelWords;
import io.maskwire.crypto.ring.BitPacking;
import io.maskwire.crypto.ring.BitWidth;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array; integers are big endian, packed ring elements little endian. */
public final class ByteWriter {
  private byte[] bytes;
  private int size;

  /** An empty writer with room for {@code capacity} bytes before it grows. */
  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** Makes room and returns where; it may replace the array, so it must come before any use. */
  private int reserve(long length) {
    long needed = size + length;
    if (needed > bytes.length) {
      int grown = Math.toIntExact(Math.max(needed, Math.min(2L * bytes.length + 16, 1 << 30)));
      bytes = Arrays.copyOf(bytes, grown);
    }
    int at = size;
    size = (int) needed;
    return at;
  }

  /** Appends the low byte. */
  public ByteWriter putByte(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
    return this;
  }

  /** Appends two bytes. */
  public ByteWriter putShort(int value) {
    return putByte(value >>> 8).putByte(value);
  }

  /** Appends four bytes. */
  public ByteWriter putInt(int value) {
    return putShort(value >>> 16).putShort(value);
  }

  /** Appends eight bytes. */
  public ByteWriter putLong(long value) {
    return putInt((int) (value >>> 32)).putInt((int) value);
  }

  /** Appends a signed number in 7-bit groups, small magnitudes in few bytes. */
  public ByteWriter putVarint(long value) {
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7fL) != 0) {
      putByte((int) ((zigzag & 0x7f) | 0x80));
      zigzag >>>= 7;
    }
    return putByte((int) zigzag);
  }

  /** Appends all of {@code value}. */
  public ByteWriter putBytes(byte[] value) {
    int at = reserve(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    return this;
  }

  /** Appends a length and UTF-8. */
  public ByteWriter putString(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    return putVarint(encoded.length).putBytes(encoded);
  }

  /** Appends {@code values} packed to {@code width}. */
  public ByteWriter putPacked(long[] values, BitWidth width) {
    int at = reserve(width.packedBytes(values.length));
    BitPacking.pack(values, width, bytes, at);
    return this;
  }

  /** Appends words of trees. */
  ByteWriter putLevels(LevelWords words) {
    int at = reserve((long) words.count() * Long.BYTES);
    words.copyTo(bytes, at);
    return this;
  }

  /** Starts again with nothing written, in the same memory. */
  ByteWriter clear() {
    size = 0;
    return this;
  }

  /** Writes all so far to {@code target}, which must not keep the array. */
  public void writeTo(OutputStream target) throws IOException {
    target.write(bytes, 0, size);
  }

  /** Bytes so far. */
  public int size() {
    return size;
  }

  /** What was written; not a copy if the capacity was exact, so it must be the last call. */
  public byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** The buffer itself, of which the first {@link #size} bytes count. */
  byte[] buffer() {
    return bytes;
  }
}
