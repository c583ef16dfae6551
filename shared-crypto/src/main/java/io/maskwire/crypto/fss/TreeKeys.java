package io.maskwire.crypto.fss;

/**
 * Common keys of a batch of trees of one shape: the same for both parties, of no use without a
 * root.
 *
 * @param shape size of each tree
 * @param count trees
 * @param levels correction words: level by level, tree by tree, low word then high word
 * @param leaves leaf corrections: tree by tree
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of key material, never compared
public record TreeKeys(TreeShape shape, int count, LevelWords levels, long[] leaves) {
  public TreeKeys {
    if (levels.count() != shape.levelWords(count) || leaves.length != shape.leafWords() * count) {
      throw new IllegalArgumentException(
          "%d trees of %s have %d and %d key words, not %d and %d"
              .formatted(
                  count,
                  shape,
                  shape.levelWords(count),
                  shape.leafWords() * count,
                  levels.count(),
                  leaves.length));
    }
  }

  @Override
  public String toString() {
    return "TreeKeys[" + count + " of " + shape + "]";
  }
}
