package io.maskwire.crypto.fss;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE2b (RFC 7693), keyed or not, for messages of one block: the hash that the executable model
 * of the protocol uses in place of AES.
 */
final class Blake2b {
  private static final int BLOCK = 128;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Section 2.6: the fractional bits of the square roots of the first eight primes. */
  private static final long[] INITIAL = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };

  /** Section 2.7. */
  private static final String[] SIGMA = {
    "0123456789abcdef",
    "ea489fd61c02b753",
    "b8c052fdae367194",
    "7931dcbe265a40f8",
    "905724afe1bc683d",
    "2c6a0b834d75fe19",
    "c51fed4a0763928b",
    "db7ec13950f4862a",
    "6fe9b308c2d714a5",
    "a2847615fb9e3cd0"
  };

  private final long[] state = INITIAL.clone();

  private Blake2b(int digestBytes, int keyBytes) {
    state[0] ^= 0x0101_0000L ^ (long) keyBytes << 8 ^ digestBytes;
  }

  /** The digest of {@code message} under {@code key}, either of which may be empty. */
  static byte[] digest(byte[] key, byte[] message, int digestBytes) {
    if (message.length > BLOCK) {
      throw new IllegalArgumentException("one block only");
    }
    Blake2b hash = new Blake2b(digestBytes, key.length);
    int counted = 0;
    if (key.length > 0) {
      counted = BLOCK;
      hash.compress(Arrays.copyOf(key, BLOCK), counted, message.length == 0);
    }
    if (message.length > 0 || key.length == 0) {
      hash.compress(Arrays.copyOf(message, BLOCK), counted + message.length, true);
    }
    byte[] digest = new byte[Long.BYTES * INITIAL.length];
    for (int i = 0; i < INITIAL.length; i++) {
      WORDS.set(digest, i * Long.BYTES, hash.state[i]);
    }
    return Arrays.copyOf(digest, digestBytes);
  }

  /** Section 3.2. */
  private void compress(byte[] block, long counted, boolean last) {
    long[] v = Arrays.copyOf(state, 16);
    System.arraycopy(INITIAL, 0, v, 8, 8);
    v[12] ^= counted;
    v[14] ^= last ? -1L : 0;
    for (int round = 0; round < 12; round++) {
      long[] m = new long[16];
      for (int i = 0; i < 16; i++) {
        int word = Character.digit(SIGMA[round % 10].charAt(i), 16);
        m[i] = (long) WORDS.get(block, word * Long.BYTES);
      }
      for (int i = 0; i < 4; i++) {
        mix(v, i, 4 + i, 8 + i, 12 + i, m[2 * i], m[2 * i + 1]);
      }
      for (int i = 0; i < 4; i++) {
        int b = 4 + (i + 1) % 4;
        mix(v, i, b, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i], m[9 + 2 * i]);
      }
    }
    for (int i = 0; i < 8; i++) {
      state[i] ^= v[i] ^ v[8 + i];
    }
  }

  /** Section 3.1. */
  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
