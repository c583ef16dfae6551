package io.maskwire.crypto.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * n-bit values in a row, value i in bits [i n, (i + 1) n) of a little-endian bit string: the form
 * in which every ring vector is stored, sent, and cut from a pseudorandom stream.
 */
public final class BitPacking {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A value of up to 57 bits lies within 8 bytes from the byte that it starts in. */
  private static final int LARGEST_IN_A_WORD = 57;

  private BitPacking() {}

  /** The low n bits of each value, packed; the last byte is filled with zeros. */
  public static byte[] pack(long[] values, BitWidth width) {
    byte[] packed = new byte[Math.toIntExact(width.packedBytes(values.length))];
    pack(values, width, packed, 0);
    return packed;
  }

  /** Packs all of {@code values} into {@code target} from byte {@code offset} on. */
  public static void pack(long[] values, BitWidth width, byte[] target, int offset) {
    int end = offset + Math.toIntExact(width.packedBytes(values.length));
    if (end > target.length) {
      throw new IllegalArgumentException(
          "%d values of %s do not fit %d bytes at %d"
              .formatted(values.length, width, target.length, offset));
    }
    int bits = width.bits();
    if (bits == Long.SIZE) {
      for (int i = 0; i < values.length; i++) {
        WORDS.set(target, offset + i * Long.BYTES, values[i]);
      }
      return;
    }
    long mask = width.mask();
    long word = 0;
    int filled = 0;
    int position = offset;
    for (long value : values) {
      long low = value & mask;
      word |= low << filled;
      filled += bits;
      if (filled >= Long.SIZE) {
        WORDS.set(target, position, word);
        position += Long.BYTES;
        filled -= Long.SIZE;
        word = filled == 0 ? 0 : low >>> (bits - filled);
      }
    }
    for (; position < end; position++) {
      target[position] = (byte) word;
      word >>>= Byte.SIZE;
    }
  }

  /** The {@code count} values packed in {@code source} from byte {@code offset} on. */
  public static long[] unpack(byte[] source, int offset, int count, BitWidth width) {
    requireBytes(source, offset, count, width);
    long[] values = new long[count];
    unpack(source, offset, width, new Target(values, 0, count));
    return values;
  }

  /**
   * Unpacks the values that start {@code source} into {@code values}, from {@code from} on.
   *
   * @param count values
   */
  public static void unpack(byte[] source, BitWidth width, long[] values, int from, int count) {
    requireBytes(source, 0, count, width);
    unpack(source, 0, width, new Target(values, from, count));
  }

  private static void requireBytes(byte[] source, int offset, int count, BitWidth width) {
    long bytes = width.packedBytes(count);
    if (offset < 0 || bytes > source.length - offset) {
      throw new IllegalArgumentException(
          "%d values of %s need %d bytes at %d, there are %d"
              .formatted(count, width, bytes, offset, source.length));
    }
  }

  /** Where unpacked values go: {@code count} of {@code values} from {@code from} on. */
  @SuppressWarnings("ArrayRecordComponent") // an argument, never compared
  private record Target(long[] values, int from, int count) {}

  private static void unpack(byte[] source, int offset, BitWidth width, Target target) {
    long[] values = target.values();
    int from = target.from();
    int count = target.count();
    int bits = width.bits();
    if (bits == Long.SIZE) {
      for (int i = 0; i < count; i++) {
        values[from + i] = (long) WORDS.get(source, offset + i * Long.BYTES);
      }
      return;
    }
    int fast = bits <= LARGEST_IN_A_WORD ? wholeReads(source.length - offset, bits, count) : 0;
    unpackWords(source, offset, width, new Target(values, from, fast));
    for (int i = fast; i < count; i++) {
      values[from + i] = readSlowly(source, offset, (long) i * bits, bits) & width.mask();
    }
  }

  private static void unpackWords(byte[] source, int offset, BitWidth width, Target target) {
    long[] values = target.values();
    int from = target.from();
    int count = target.count();
    int bits = width.bits();
    long mask = width.mask();
    long position = 0;
    for (int i = 0; i < count; i++, position += bits) {
      long word = (long) WORDS.get(source, offset + (int) (position >>> 3));
      values[from + i] = (word >>> (position & 7)) & mask;
    }
  }

  /** How many of {@code count} values start at least 8 bytes before the end. */
  private static int wholeReads(int available, int bits, int count) {
    if (available < Long.BYTES) {
      return 0;
    }
    long lastStart = (long) (available - Long.BYTES) * Byte.SIZE;
    return (int) Math.min(count, lastStart / bits + 1);
  }

  private static long readSlowly(byte[] source, int offset, long position, int bits) {
    int first = offset + (int) (position >>> 3);
    int shift = (int) (position & 7);
    int bytes = (shift + bits + 7) >> 3;
    long low = 0;
    for (int i = Math.min(bytes, Long.BYTES) - 1; i >= 0; i--) {
      low = low << Byte.SIZE | (source[first + i] & 0xff);
    }
    long value = low >>> shift;
    if (bytes > Long.BYTES) {
      value |= (long) (source[first + Long.BYTES] & 0xff) << (Long.SIZE - shift);
    }
    return value;
  }
}
