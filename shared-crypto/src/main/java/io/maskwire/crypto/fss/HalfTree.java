package io.maskwire.crypto.fss;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Generation of half-tree keys (Guo et al., EUROCRYPT 2023, figure 8), level by level over a batch.
 * Nodes are 128 bits, the lowest is the control bit; the parties' nodes on alpha's path always
 * differ by D, whose control bit is 1:
 *
 * <pre>
 *   h_p  = H(node_p)
 *   CW_i = h_0 xor h_1 xor (bit i of alpha ? 0 : D)
 *   next = h_p xor (bit i of alpha ? node_p : 0) xor (t_p ? CW_i : 0)
 * </pre>
 *
 * Bits of alpha and control bits are secret: masks, no branches.
 */
final class HalfTree {
  static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Trees per batch: nodes, hashes and correction words of a level stay in the first-level cache.
   */
  static final int BATCH = 512;

  private final NodeHash hash;
  private final int depth;
  private final int domainBits;
  private final byte[] sigma = new byte[2 * BATCH * NodeHash.NODE_BYTES];
  private final byte[] permuted = new byte[2 * BATCH * NodeHash.NODE_BYTES];

  /**
   * Where the words of a batch stand: trees {@code from} to {@code from + size} of {@code count}.
   */
  record Batch(int from, int size, int count) {}

  /** What trees are made from: secret points, and both parties' roots, two words a tree. */
  @SuppressWarnings("ArrayRecordComponent") // an argument, never compared
  record Points(long[] alphas, long[] roots0, long[] roots1) {}

  HalfTree(NodeHash hash, int depth, int domainBits) {
    this.hash = hash;
    this.depth = depth;
    this.domainBits = domainBits;
  }

  /** Receives H of both parties' leaf nodes on the path of alpha. */
  interface LeafSink {
    /**
     * Takes one tree's leaf.
     *
     * @param tree index of the tree
     * @param low0 low word of H for party 0
     * @param high0 high word of H for party 0
     * @param low1 low word of H for party 1
     * @param high1 high word of H for party 1
     * @param control party 1's control bit, 0 or 1
     */
    void accept(int tree, long low0, long high0, long low1, long high1, long control);
  }

  /** Receives the nodes on alpha's path of one batch at one depth. */
  interface NodeSink {
    /**
     * Takes a level.
     *
     * @param depth from 0, the roots
     * @param nodes as sigma(x): those of party 0, then those of party 1
     */
    void accept(int depth, Batch batch, byte[] nodes);
  }

  /** Writes the level words for all {@code alphas}; hashes of the leaves go to {@code sink}. */
  void generate(Points points, LevelWords words, LeafSink sink) {
    generate(
        points,
        words,
        (level, batch, nodes) -> {
          if (level == depth) {
            hash.permute(nodes, permuted, 2 * batch.size());
            leaves(batch, sink);
          }
        });
  }

  /** Writes the level words for all {@code alphas}; the nodes of every depth go to {@code sink}. */
  void generate(Points points, LevelWords words, NodeSink sink) {
    int count = points.alphas().length;
    for (int from = 0; from < count; from += BATCH) {
      Batch batch = new Batch(from, Math.min(BATCH, count - from), count);
      loadRoots(sigma, 0, batch, points.roots0(), 0);
      loadRoots(sigma, batch.size(), batch, points.roots1(), 1);
      sink.accept(0, batch, sigma);
      for (int level = 0; level < depth; level++) {
        hash.permute(sigma, permuted, 2 * batch.size());
        descend(points.alphas(), level, batch, words);
        sink.accept(level + 1, batch, sigma);
      }
    }
  }

  /** Writes sigma of the batch's roots, with the control bit set to the party's number. */
  static void loadRoots(byte[] sigma, int at, Batch batch, long[] roots, int party) {
    for (int i = 0; i < batch.size(); i++) {
      long low = (roots[2 * (batch.from() + i)] & ~1L) | party;
      long high = roots[2 * (batch.from() + i) + 1];
      store(sigma, (at + i) * NodeHash.NODE_BYTES, low, high);
    }
  }

  private void descend(long[] alphas, int level, Batch batch, LevelWords words) {
    int size = batch.size();
    int shift = domainBits - 1 - level;
    int word = 2 * (level * batch.count() + batch.from());
    for (int i = 0; i < size; i++, word += 2) {
      int at0 = i * 16;
      int at1 = (size + i) * 16;
      long high0 = (long) WORDS.get(sigma, at0);
      long mixed0 = (long) WORDS.get(sigma, at0 + 8);
      long high1 = (long) WORDS.get(sigma, at1);
      long mixed1 = (long) WORDS.get(sigma, at1 + 8);
      long low0 = mixed0 ^ high0;
      long low1 = mixed1 ^ high1;
      long hashLow0 = (long) WORDS.get(permuted, at0) ^ high0;
      long hashHigh0 = (long) WORDS.get(permuted, at0 + 8) ^ mixed0;
      long hashLow1 = (long) WORDS.get(permuted, at1) ^ high1;
      long hashHigh1 = (long) WORDS.get(permuted, at1 + 8) ^ mixed1;
      long right = -((alphas[batch.from() + i] >>> shift) & 1);
      long wordLow = hashLow0 ^ hashLow1 ^ ((low0 ^ low1) & ~right);
      long wordHigh = hashHigh0 ^ hashHigh1 ^ ((high0 ^ high1) & ~right);
      words.set(word, wordLow);
      words.set(word + 1, wordHigh);
      long control0 = -(low0 & 1);
      long control1 = -(low1 & 1);
      store(
          sigma,
          at0,
          hashLow0 ^ (low0 & right) ^ (wordLow & control0),
          hashHigh0 ^ (high0 & right) ^ (wordHigh & control0));
      store(
          sigma,
          at1,
          hashLow1 ^ (low1 & right) ^ (wordLow & control1),
          hashHigh1 ^ (high1 & right) ^ (wordHigh & control1));
    }
  }

  /** Writes sigma of a node. */
  static void store(byte[] sigma, int at, long low, long high) {
    WORDS.set(sigma, at, high);
    WORDS.set(sigma, at + 8, high ^ low);
  }

  private void leaves(Batch batch, LeafSink sink) {
    int size = batch.size();
    for (int i = 0; i < size; i++) {
      int at0 = i * 16;
      int at1 = (size + i) * 16;
      long high1 = (long) WORDS.get(sigma, at1);
      long mixed1 = (long) WORDS.get(sigma, at1 + 8);
      sink.accept(
          batch.from() + i,
          (long) WORDS.get(permuted, at0) ^ (long) WORDS.get(sigma, at0),
          (long) WORDS.get(permuted, at0 + 8) ^ (long) WORDS.get(sigma, at0 + 8),
          (long) WORDS.get(permuted, at1) ^ high1,
          (long) WORDS.get(permuted, at1 + 8) ^ mixed1,
          (mixed1 ^ high1) & 1);
    }
  }
}
