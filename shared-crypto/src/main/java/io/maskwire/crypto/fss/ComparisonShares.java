package io.maskwire.crypto.fss;

import io.maskwire.crypto.ring.BitWidth;

/**
 * Distributed comparison: additive shares, mod 2^n, of 1{u &lt; alpha} for a secret alpha of m bits
 * and public u (Boyle et al., EUROCRYPT 2021, section 3), as an incremental point function (Boneh
 * et al., S&P 2021) on the half-tree: every node of depth 1 to m has a value, 1 on alpha's path and
 * 0 elsewhere.
 *
 * <pre>
 *   value_p(node) = (-1)^p (G(node) + t V_i),  V_i = (-1)^{t_1} (1 - G(node_0) + G(node_1)) on the path
 *   where u goes left, add the value of the right sibling
 * </pre>
 *
 * G is the node hash under a key of its own. u &lt; alpha exactly if one such sibling is on alpha's
 * path. Key: m (128 + n) bits. Evaluation takes 2 m AES calls, generation twice that; {@link
 * PrefixParity} is a quarter of it, but gives XOR shares, which cost a message to convert.
 */
public final class ComparisonShares {
  private final int domainBits;
  private final BitWidth width;
  private final TreeShape shape;

  /** Comparisons with secrets of {@code domain} bits, shared mod 2^width. */
  public ComparisonShares(BitWidth domain, BitWidth width) {
    domainBits = domain.bits();
    this.width = width;
    shape = new TreeShape(domainBits, domainBits, width);
  }

  /** Size of a key: the leaf words are the value corrections of all depths. */
  public TreeShape shape() {
    return shape;
  }

  /** Node hashes that one evaluation takes; generation takes twice as many. */
  public int hashes() {
    return 2 * domainBits;
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
    NodeHash valueHash = hash.forValues();
    long[] values = new long[domainBits * alphas.length];
    HalfTree tree = new HalfTree(hash, domainBits, domainBits);
    tree.generate(
        new HalfTree.Points(alphas, roots0, roots1),
        levels,
        (depth, batch, nodes) -> {
          if (depth > 0) {
            corrections(valueHash, depth, batch, nodes, values);
          }
        });
    return new TreeKeys(shape, alphas.length, levels, values);
  }

  /** V of depth {@code depth} from both parties' nodes on the path. */
  private void corrections(
      NodeHash hash, int depth, HalfTree.Batch batch, byte[] nodes, long[] values) {
    int size = batch.size();
    byte[] permuted = new byte[2 * size * NodeHash.NODE_BYTES];
    hash.permute(nodes, permuted, 2 * size);
    for (int i = 0; i < size; i++) {
      int at0 = i * NodeHash.NODE_BYTES;
      int at1 = (size + i) * NodeHash.NODE_BYTES;
      long high1 = (long) HalfTree.WORDS.get(nodes, at1);
      long value0 =
          (long) HalfTree.WORDS.get(permuted, at0) ^ (long) HalfTree.WORDS.get(nodes, at0);
      long value1 = (long) HalfTree.WORDS.get(permuted, at1) ^ high1;
      long control1 = ((long) HalfTree.WORDS.get(nodes, at1 + 8) ^ high1) & 1;
      long word = (1 - 2 * control1) * (1 - value0 + value1);
      values[(batch.from() + i) * domainBits + depth - 1] = width.reduce(word);
    }
  }

  /**
   * This party's shares, unreduced, of 1{points[i] &lt; alpha_i}.
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
    NodeHash valueHash = hash.forValues();
    long[] shares = new long[points.length];
    Buffers buffers = new Buffers();
    for (int from = 0; from < points.length; from += HalfTree.BATCH) {
      var batch =
          new HalfTree.Batch(from, Math.min(HalfTree.BATCH, points.length - from), points.length);
      HalfTree.loadRoots(buffers.sigma, 0, batch, roots, party);
      for (int depth = 1; depth <= domainBits; depth++) {
        hash.permute(buffers.sigma, buffers.permuted, batch.size());
        descend(buffers, keys, batch, points, depth);
        valueHash.permute(buffers.siblings, buffers.permuted, batch.size());
        add(buffers, keys, batch, points, depth, shares);
      }
    }
    if (party == 1) {
      for (int i = 0; i < shares.length; i++) {
        shares[i] = -shares[i];
      }
    }
    return shares;
  }

  /** Nodes on the points' paths, the right siblings of a level, and a hash's output. */
  private static final class Buffers {
    final byte[] sigma = new byte[HalfTree.BATCH * NodeHash.NODE_BYTES];
    final byte[] siblings = new byte[sigma.length];
    final byte[] permuted = new byte[sigma.length];
  }

  private void descend(
      Buffers buffers, TreeKeys keys, HalfTree.Batch batch, long[] points, int depth) {
    int word = 2 * ((depth - 1) * batch.count() + batch.from());
    int shift = domainBits - depth;
    for (int i = 0; i < batch.size(); i++) {
      int at = i * NodeHash.NODE_BYTES;
      long high = (long) HalfTree.WORDS.get(buffers.sigma, at);
      long mixed = (long) HalfTree.WORDS.get(buffers.sigma, at + 8);
      long low = mixed ^ high;
      long control = -(low & 1);
      long leftLow =
          (long) HalfTree.WORDS.get(buffers.permuted, at)
              ^ high
              ^ (keys.levels().get(word + 2 * i) & control);
      long leftHigh =
          (long) HalfTree.WORDS.get(buffers.permuted, at + 8)
              ^ mixed
              ^ (keys.levels().get(word + 2 * i + 1) & control);
      long right = -((points[batch.from() + i] >>> shift) & 1);
      HalfTree.store(buffers.siblings, at, leftLow ^ low, leftHigh ^ high);
      HalfTree.store(buffers.sigma, at, leftLow ^ (low & right), leftHigh ^ (high & right));
    }
  }

  private void add(
      Buffers buffers,
      TreeKeys keys,
      HalfTree.Batch batch,
      long[] points,
      int depth,
      long[] shares) {
    int shift = domainBits - depth;
    for (int i = 0; i < batch.size(); i++) {
      int at = i * NodeHash.NODE_BYTES;
      int tree = batch.from() + i;
      long high = (long) HalfTree.WORDS.get(buffers.siblings, at);
      long control = -(((long) HalfTree.WORDS.get(buffers.siblings, at + 8) ^ high) & 1);
      long hashed = (long) HalfTree.WORDS.get(buffers.permuted, at) ^ high;
      long left = ((points[tree] >>> shift) & 1) - 1;
      long correction = keys.leaves()[tree * domainBits + depth - 1] & control;
      shares[tree] += (hashed + correction) & left;
    }
  }
}
