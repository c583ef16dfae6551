package io.maskwire.crypto.fss;

import io.maskwire.crypto.ring.BitWidth;

/**
 * Comparison by the prefix parity of a point function's tree (Storrier et al., Grotto, CCS 2023,
 * section 4): XOR shares of 1{u &lt; alpha} for a secret alpha of m bits and any public u, as often
 * as wanted, from one key of 16 (m - 7) + 16 bytes.
 *
 * <pre>
 *   where u goes left, XOR in the control bit of the right sibling;
 *   stop 7 levels early: block = H(node) xor (t ? CW_leaf : 0) holds 2^min(m,7) bits;
 *   add the parity of the bits strictly above u mod 128
 * </pre>
 *
 * u is public; roots, nodes and control bits are secret and only ever masked. Evaluation takes m -
 * 7 + 1 AES calls for each point, generation twice that.
 */
public final class PrefixParity {
  private static final int BLOCK_BITS = 7;

  private final int domainBits;
  private final TreeShape shape;

  /** Comparisons with secrets of {@code domain} bits. */
  public PrefixParity(BitWidth domain) {
    domainBits = domain.bits();
    int inBlock = Math.min(domainBits, BLOCK_BITS);
    shape =
        domainBits >= BLOCK_BITS
            ? new TreeShape(domainBits - BLOCK_BITS, 2, BitWidth.MAXIMUM)
            : new TreeShape(0, 1, BitWidth.of(1 << inBlock));
  }

  /** Size of a key. */
  public TreeShape shape() {
    return shape;
  }

  /** Node hashes that one evaluation takes; generation takes twice as many. */
  public int hashes() {
    return shape.levels() + 1;
  }

  /**
   * Keys for secrets {@code alphas}, each below 2^m.
   *
   * @param roots0 party 0's roots, two words a tree
   * @param roots1 party 1's roots
   */
  public TreeKeys generateKeys(NodeHash hash, long[] alphas, long[] roots0, long[] roots1) {
    return generateKeys(
        hash, alphas, roots0, roots1, LevelWords.allocate(shape.levelWords(alphas.length)));
  }

  /** The same, with the level words in {@code levels}. */
  public TreeKeys generateKeys(
      NodeHash hash, long[] alphas, long[] roots0, long[] roots1, LevelWords levels) {
    HalfTree tree = new HalfTree(hash, shape.levels(), domainBits);
    long[] leaves = new long[shape.leafWords() * alphas.length];
    long position = (1L << Math.min(domainBits, BLOCK_BITS)) - 1;
    tree.generate(
        new HalfTree.Points(alphas, roots0, roots1),
        levels,
        (i, low0, high0, low1, high1, control) -> {
          long bit = alphas[i] & position;
          long one = 1L << (bit & 63);
          long inHigh = -(bit >>> 6);
          leaf(leaves, i, low0 ^ low1 ^ (one & ~inHigh), high0 ^ high1 ^ (one & inHigh));
        });
    return new TreeKeys(shape, alphas.length, levels, leaves);
  }

  private void leaf(long[] leaves, int tree, long low, long high) {
    if (shape.leafWords() == 2) {
      leaves[2 * tree] = low;
      leaves[2 * tree + 1] = high;
    } else {
      leaves[tree] = shape.leafWidth().reduce(low);
    }
  }

  /**
   * This party's XOR shares, 0 or 1, of 1{points[i] &lt; alpha_i}.
   *
   * @param party 0 or 1
   * @param roots this party's roots
   * @param points public, each below 2^m
   */
  public long[] evaluate(NodeHash hash, int party, TreeKeys keys, long[] roots, long[] points) {
    if (keys.count() != points.length || !keys.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "%s for %d comparisons of %d bits".formatted(keys, points.length, domainBits));
    }
    long[] parity = new long[points.length];
    byte[] sigma = new byte[HalfTree.BATCH * NodeHash.NODE_BYTES];
    byte[] permuted = new byte[sigma.length];
    for (int from = 0; from < points.length; from += HalfTree.BATCH) {
      var batch =
          new HalfTree.Batch(from, Math.min(HalfTree.BATCH, points.length - from), points.length);
      HalfTree.loadRoots(sigma, 0, batch, roots, party);
      for (int level = 0; level < shape.levels(); level++) {
        hash.permute(sigma, permuted, batch.size());
        int word = 2 * (level * batch.count() + from);
        descend(
            sigma, permuted, keys.levels(), word, batch, points, domainBits - 1 - level, parity);
      }
      hash.permute(sigma, permuted, batch.size());
      block(sigma, permuted, keys.leaves(), batch, points, parity);
    }
    return parity;
  }

  private static void descend(
      byte[] sigma,
      byte[] permuted,
      LevelWords words,
      int word,
      HalfTree.Batch batch,
      long[] points,
      int shift,
      long[] parity) {
    int from = batch.from();
    for (int i = 0; i < batch.size(); i++) {
      int at = i * 16;
      long high = (long) HalfTree.WORDS.get(sigma, at);
      long mixed = (long) HalfTree.WORDS.get(sigma, at + 8);
      long low = mixed ^ high;
      long control = -(low & 1);
      long hashLow =
          (long) HalfTree.WORDS.get(permuted, at) ^ high ^ (words.get(word + 2 * i) & control);
      long hashHigh =
          (long) HalfTree.WORDS.get(permuted, at + 8)
              ^ mixed
              ^ (words.get(word + 2 * i + 1) & control);
      long right = -((points[from + i] >>> shift) & 1);
      parity[from + i] ^= (hashLow ^ low) & ~right & 1;
      long nextLow = hashLow ^ (low & right);
      long nextHigh = hashHigh ^ (high & right);
      HalfTree.store(sigma, at, nextLow, nextHigh);
    }
  }

  private void block(
      byte[] sigma,
      byte[] permuted,
      long[] leaves,
      HalfTree.Batch batch,
      long[] points,
      long[] parity) {
    int from = batch.from();
    boolean whole = shape.leafWords() == 2;
    long positions = (1L << Math.min(domainBits, BLOCK_BITS)) - 1;
    for (int i = 0; i < batch.size(); i++) {
      int at = i * 16;
      long high = (long) HalfTree.WORDS.get(sigma, at);
      long mixed = (long) HalfTree.WORDS.get(sigma, at + 8);
      long control = -((mixed ^ high) & 1);
      long low = (long) HalfTree.WORDS.get(permuted, at) ^ high;
      long top = (long) HalfTree.WORDS.get(permuted, at + 8) ^ mixed;
      int tree = from + i;
      if (whole) {
        low ^= leaves[2 * tree] & control;
        top ^= leaves[2 * tree + 1] & control;
      } else {
        low = shape.leafWidth().reduce(low ^ (leaves[tree] & control));
        top = 0;
      }
      long point = points[tree] & positions;
      // Bits strictly above the point: shifted by point and by one more, so that 63 works.
      long inLow = low >>> point >>> 1;
      long aboveHigh = top >>> point >>> 1;
      long inHigh = -(point >>> 6);
      parity[tree] ^= Long.bitCount(((inLow ^ top) & ~inHigh) ^ (aboveHigh & inHigh)) & 1;
    }
  }
}
