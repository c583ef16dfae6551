package io.maskwire.crypto.fss;

import io.maskwire.crypto.prg.Seed;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The circular correlation robust hash of tree nodes, H(x) = AES_k(sigma(x)) xor sigma(x) with
 * sigma(hi, lo) = (hi xor lo, hi), for many nodes at a time (Guo et al., 2020, section 7.3). The
 * key is public and drawn per session. Nodes are kept as sigma(x), because that is what AES takes:
 * a buffer holds for each node the low word (hi), then the high word (hi xor lo), little endian.
 *
 * <p>Not thread safe: one instance per thread.
 */
public final class NodeHash {
  /** The second key is the first one with all bytes changed by this: any other key would do. */
  private static final byte VALUE_KEY = 0x36;

  /** Bytes of a node. */
  static final int NODE_BYTES = 16;

  /** A fixed permutation of 16-byte blocks, applied to the first {@code length} bytes. */
  @FunctionalInterface
  interface Permutation {
    void apply(byte[] input, byte[] output, int length);
  }

  private final Permutation permutation;
  private final Permutation values;

  /** The seam of tests that stand another permutation for AES. */
  NodeHash(Permutation permutation) {
    this(permutation, permutation);
  }

  private NodeHash(Permutation permutation, Permutation values) {
    this.permutation = permutation;
    this.values = values;
  }

  /** The hash under the public key {@code key} of 16 bytes. */
  public static NodeHash forKey(byte[] key) {
    if (key.length != Seed.BYTES) {
      throw new IllegalArgumentException("the hash key has 16 bytes, not " + key.length);
    }
    byte[] valueKey = key.clone();
    for (int i = 0; i < valueKey.length; i++) {
      valueKey[i] ^= VALUE_KEY;
    }
    return new NodeHash(aes(key), aes(valueKey));
  }

  /** The hash under another key, independent of this one: for values of nodes. */
  NodeHash forValues() {
    return new NodeHash(values);
  }

  private static Permutation aes(byte[] key) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return (input, output, length) -> encrypt(aes, input, output, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks AES", e);
    }
  }

  private static void encrypt(Cipher aes, byte[] input, byte[] output, int length) {
    try {
      aes.update(input, 0, length, output, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES failed", e);
    }
  }

  /**
   * The permutation of the first {@code nodes} nodes; the caller adds the input to get H.
   *
   * @param sigma nodes as sigma(x)
   * @param output at least as long
   */
  void permute(byte[] sigma, byte[] output, int nodes) {
    permutation.apply(sigma, output, nodes * NODE_BYTES);
  }
}
