package io.maskwire.crypto.prg;

import io.maskwire.crypto.ring.BitWidth;

/** Expands a party's seed under the labels of one gate. */
record SeededRandomness(Seed party, int step, long from) implements PartyRandomness {
  private static final BitWidth BIT = BitWidth.of(1);

  @Override
  public long[] secretShare(int part, int count, BitWidth width) {
    return expand(Label.Purpose.SECRET_SHARE, part).values(from, count, width);
  }

  @Override
  public long[] secretBits(int part, int count) {
    return expand(Label.Purpose.SECRET_BIT, part).values(from, count, BIT);
  }

  @Override
  public long[] treeRoots(int part, int count) {
    return expand(Label.Purpose.TREE_ROOT, part).values(2 * from, 2 * count, BitWidth.MAXIMUM);
  }

  private Expansion expand(Label.Purpose purpose, int part) {
    return party.derive(new Label(purpose, step, part)).expand();
  }
}
