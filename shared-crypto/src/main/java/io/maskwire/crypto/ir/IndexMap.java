package io.maskwire.crypto.ir;

import java.util.Arrays;

/**
 * For each output element, {@code terms} positions in the concatenated sources, of which the sum is
 * taken; {@link #NOTHING} stands for the public zero. With one term: reshaping, slicing,
 * transposing, padding, concatenating, broadcasting; with several: sums and pooling windows.
 */
public final class IndexMap {
  /** The index that contributes zero. */
  public static final int NOTHING = -1;

  private final int[] indices;
  private final int terms;

  private IndexMap(int[] indices, int terms) {
    if (terms < 1 || indices.length == 0 || indices.length % terms != 0) {
      throw new IllegalArgumentException(
          indices.length + " indices are no whole number of groups of " + terms);
    }
    for (int index : indices) {
      if (index < NOTHING) {
        throw new IllegalArgumentException("negative index " + index);
      }
    }
    this.indices = indices;
    this.terms = terms;
  }

  /** One source position for each output; the caller must not touch the array again. */
  public static IndexMap takeOwnershipOf(int[] indices) {
    return new IndexMap(indices, 1);
  }

  /** {@code terms} consecutive positions for each output; the array is taken over. */
  public static IndexMap sums(int[] indices, int terms) {
    return new IndexMap(indices, terms);
  }

  /** Number of output elements. */
  public int outputCount() {
    return indices.length / terms;
  }

  /** Positions that are summed for each output. */
  public int terms() {
    return terms;
  }

  /** All positions, not a copy: read only. */
  public int[] indices() {
    return indices;
  }

  /** The largest position. */
  public int largest() {
    int largest = NOTHING;
    for (int index : indices) {
      largest = Math.max(largest, index);
    }
    return largest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexMap map
        && terms == map.terms
        && Arrays.equals(indices, map.indices);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indices) + terms;
  }

  @Override
  public String toString() {
    return "IndexMap[" + outputCount() + " outputs, " + terms + " terms]";
  }
}
