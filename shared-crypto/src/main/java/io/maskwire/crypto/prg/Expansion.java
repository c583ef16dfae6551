package io.maskwire.crypto.prg;

import io.maskwire.crypto.ring.BitPacking;
import io.maskwire.crypto.ring.BitWidth;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The pseudorandom stream of a seed: AES-128 in counter mode from block 0 (NIST SP 800-38A, 6.5,
 * big-endian 128-bit counter), of which value i of width n is the n bits from bit i n on. A value
 * can be had without those before it.
 */
public final class Expansion {
  private static final int BLOCK = 16;

  /** Values per call of the cipher: their stream stays in the first-level cache. */
  private static final int CHUNK = 1 << 10;

  /** What is encrypted to get the stream itself; never written to. */
  private static final byte[] ZEROS = new byte[CHUNK * Long.BYTES];

  private final SecretKeySpec key;

  Expansion(byte[] seed) {
    key = new SecretKeySpec(seed, "AES");
  }

  /** The first {@code count} values of {@code width}. */
  public long[] values(int count, BitWidth width) {
    return values(0, count, width);
  }

  /** The sum of the first values of two streams, unreduced: a mask from both its halves. */
  public static long[] sum(Expansion first, Expansion second, int count, BitWidth width) {
    long[] sum = first.values(count, width);
    long[] other = second.values(count, width);
    for (int i = 0; i < count; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  /**
   * {@code count} values of {@code width} from value {@code from} on.
   *
   * @param from a multiple of 128, so that it starts on a cipher block whatever the width
   */
  public long[] values(long from, int count, BitWidth width) {
    if (from % 128 != 0) {
      throw new IllegalArgumentException("an expansion is cut at multiples of 128, not " + from);
    }
    byte[] stream = new byte[Math.toIntExact(width.packedBytes(Math.min(count, CHUNK)))];
    Cipher cipher = cipherAt(from / 128 * width.bits());
    long[] values = new long[count];
    for (int start = 0; start < count; start += CHUNK) {
      fill(cipher, stream);
      BitPacking.unpack(stream, width, values, start, Math.min(CHUNK, count - start));
    }
    return values;
  }

  private Cipher cipherAt(long block) {
    byte[] counter = new byte[BLOCK];
    for (int i = BLOCK - 1; block != 0; i--, block >>>= Byte.SIZE) {
      counter[i] = (byte) block;
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks AES in counter mode", e);
    }
  }

  private static void fill(Cipher cipher, byte[] stream) {
    try {
      // From another array: the cipher copies its input first where it is the output as well.
      cipher.update(ZEROS, 0, stream.length, stream, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode failed", e);
    }
  }
}
