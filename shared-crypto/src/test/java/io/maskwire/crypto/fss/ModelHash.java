package io.maskwire.crypto.fss;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The node hash of the executable model, through the seam of {@link NodeHash}: H(x) =
 * BLAKE2b(sigma(x)) under the session's key, so that the permutation is BLAKE2b(s) xor s.
 */
public final class ModelHash {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ModelHash() {}

  /** The hash under a key of two words, low before high. */
  public static NodeHash of(long[] key) {
    byte[] bytes = new byte[NodeHash.NODE_BYTES];
    WORDS.set(bytes, 0, key[0]);
    WORDS.set(bytes, Long.BYTES, key[1]);
    return new NodeHash((input, output, length) -> apply(bytes, input, output, length));
  }

  private static void apply(byte[] key, byte[] input, byte[] output, int length) {
    for (int at = 0; at < length; at += NodeHash.NODE_BYTES) {
      byte[] node = Arrays.copyOfRange(input, at, at + NodeHash.NODE_BYTES);
      byte[] hash = Blake2b.digest(key, node, NodeHash.NODE_BYTES);
      for (int i = 0; i < node.length; i++) {
        output[at + i] = (byte) (hash[i] ^ node[i]);
      }
    }
  }
}
