package io.maskwire.crypto.fss;

import io.maskwire.crypto.ring.BitWidth;

/**
 * Additive shares, mod 2^n, of the unit vector at a secret alpha of m bits: a point function with
 * payload 1 (Boyle, Gilboa, Ishai, CCS 2016, section 3.2.3) on the half-tree, with the whole domain
 * evaluated. A leaf block holds 2, 4 or 8 consecutive values, as many as fit 128 bits:
 *
 * <pre>
 *   CW_j    = (-1)^{t_1} (1{j = alpha mod block} - H(node_0)_j + H(node_1)_j)
 *   value_j = (-1)^p (H(node)_j + t CW_j)
 * </pre>
 */
public final class UnitVector {
  private final int domainBits;
  private final BitWidth width;
  private final int blockBits;
  private final int laneBits;
  private final TreeShape shape;

  /** Vectors of 2^domain elements of {@code width}. */
  public UnitVector(BitWidth domain, BitWidth width) {
    if (domain.bits() > 24) {
      throw new IllegalArgumentException("the whole of a domain of " + domain + " is too much");
    }
    domainBits = domain.bits();
    this.width = width;
    int lanes = width.bits() <= 16 ? 3 : width.bits() <= 32 ? 2 : 1;
    blockBits = Math.min(lanes, domainBits);
    laneBits = 128 >> lanes;
    shape = new TreeShape(domainBits - blockBits, 1 << blockBits, width);
  }

  /** Size of a key. */
  public TreeShape shape() {
    return shape;
  }

  /** Node hashes that one evaluation takes. */
  public long hashes() {
    return (2L << shape.levels()) - 1;
  }

  /** Keys for secrets {@code alphas}, each below 2^m. */
  public TreeKeys generateKeys(NodeHash hash, long[] alphas, long[] roots0, long[] roots1) {
    return generateKeys(
        hash, alphas, roots0, roots1, LevelWords.allocate(shape.levelWords(alphas.length)));
  }

  /** The same, with the level words in {@code levels}. */
  public TreeKeys generateKeys(
      NodeHash hash, long[] alphas, long[] roots0, long[] roots1, LevelWords levels) {
    HalfTree tree = new HalfTree(hash, shape.levels(), domainBits);
    int lanes = shape.leafWords();
    long[] leaves = new long[lanes * alphas.length];
    tree.generate(
        new HalfTree.Points(alphas, roots0, roots1),
        levels,
        (i, low0, high0, low1, high1, control) -> {
          long lane = alphas[i] & (lanes - 1);
          long sign = 1 - 2 * control;
          for (int j = 0; j < lanes; j++) {
            // 1 where j equals the secret lane, without a branch on it.
            long difference = j ^ lane;
            long one = (difference - 1) >>> 63;
            long word = one - lane(low0, high0, j) + lane(low1, high1, j);
            leaves[i * lanes + j] = width.reduce(sign * word);
          }
        });
    return new TreeKeys(shape, alphas.length, levels, leaves);
  }

  /** Value j of a block; what lies above n bits is dropped by whoever reduces. */
  private long lane(long low, long high, int j) {
    int bit = j * laneBits;
    return (bit < 64 ? low : high) >>> (bit & 63);
  }

  /** The evaluator of one batch of keys; holds the buffers for one vector. */
  public Evaluator evaluator(NodeHash hash, int party, TreeKeys keys, long[] roots) {
    if (!keys.shape().equals(shape) || roots.length != 2 * keys.count()) {
      throw new IllegalArgumentException(
          keys + " for vectors of 2^" + domainBits + " elements of " + width);
    }
    return new Evaluator(hash, party, keys, roots);
  }

  /** Evaluates vectors one at a time. Not thread safe. */
  public final class Evaluator {
    private final NodeHash hash;
    private final int party;
    private final TreeKeys keys;
    private final long[] roots;
    private final byte[] permuted = new byte[NodeHash.NODE_BYTES << shape.levels()];
    private byte[] sigma = new byte[NodeHash.NODE_BYTES << shape.levels()];
    private byte[] next = new byte[NodeHash.NODE_BYTES << shape.levels()];

    private Evaluator(NodeHash hash, int party, TreeKeys keys, long[] roots) {
      this.hash = hash;
      this.party = party;
      this.keys = keys;
      this.roots = roots;
    }

    /** Writes this party's shares of vector {@code tree}, unreduced, to {@code shares}. */
    public void evaluate(int tree, long[] shares) {
      HalfTree.loadRoots(sigma, 0, new HalfTree.Batch(tree, 1, keys.count()), roots, party);
      for (int level = 0; level < shape.levels(); level++) {
        hash.permute(sigma, permuted, 1 << level);
        int word = 2 * (level * keys.count() + tree);
        expand(1 << level, keys.levels().get(word), keys.levels().get(word + 1));
        byte[] swapped = sigma;
        sigma = next;
        next = swapped;
      }
      int blocks = 1 << shape.levels();
      hash.permute(sigma, permuted, blocks);
      convert(blocks, tree, shares);
    }

    private void expand(int nodes, long wordLow, long wordHigh) {
      for (int i = 0; i < nodes; i++) {
        long high = (long) HalfTree.WORDS.get(sigma, i * 16);
        long mixed = (long) HalfTree.WORDS.get(sigma, i * 16 + 8);
        long low = mixed ^ high;
        long control = -(low & 1);
        long leftLow = (long) HalfTree.WORDS.get(permuted, i * 16) ^ high ^ (wordLow & control);
        long leftHigh =
            (long) HalfTree.WORDS.get(permuted, i * 16 + 8) ^ mixed ^ (wordHigh & control);
        HalfTree.store(next, i * 32, leftLow, leftHigh);
        HalfTree.store(next, i * 32 + 16, leftLow ^ low, leftHigh ^ high);
      }
    }

    private void convert(int blocks, int tree, long[] shares) {
      int lanes = shape.leafWords();
      long sign = 1 - 2L * party;
      for (int i = 0; i < blocks; i++) {
        long high = (long) HalfTree.WORDS.get(sigma, i * 16);
        long mixed = (long) HalfTree.WORDS.get(sigma, i * 16 + 8);
        long control = -((mixed ^ high) & 1);
        long hashLow = (long) HalfTree.WORDS.get(permuted, i * 16) ^ high;
        long hashHigh = (long) HalfTree.WORDS.get(permuted, i * 16 + 8) ^ mixed;
        for (int j = 0; j < lanes; j++) {
          long correction = keys.leaves()[tree * lanes + j] & control;
          shares[i * lanes + j] = sign * (lane(hashLow, hashHigh, j) + correction);
        }
      }
    }
  }
}
