package io.maskwire.crypto.fss;

import io.maskwire.crypto.ring.BitWidth;

/**
 * Size of a tree's common key: a 16-byte correction word for each level and a leaf correction of
 * {@code leafWords} words of {@code leafWidth}.
 *
 * @param levels levels above the leaf blocks
 * @param leafWords words of the leaf correction
 * @param leafWidth bits of each
 */
public record TreeShape(int levels, int leafWords, BitWidth leafWidth) {
  /** Words of the level corrections of {@code count} trees. */
  public int levelWords(int count) {
    return Math.multiplyExact(2 * levels, count);
  }

  /** Bytes of the common keys of {@code count} trees. */
  public long keyBytes(int count) {
    return 16L * levels * count + leafWidth.packedBytes((long) count * leafWords);
  }
}
