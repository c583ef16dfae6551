package io.maskwire.crypto.prg;

import io.maskwire.crypto.ring.BitWidth;

/**
 * One party's pseudorandomness for one slice of one gate. The dealer holds both parties', a party
 * its own.
 */
public interface PartyRandomness {
  /** Party 0's share of secret number {@code part}: {@code count} values of {@code width}. */
  long[] secretShare(int part, int count, BitWidth width);

  /** This party's share of secret bit number {@code part}: {@code count} values 0 or 1. */
  long[] secretBits(int part, int count);

  /** Tree roots number {@code part}: low and high word of {@code count} nodes, alternating. */
  long[] treeRoots(int part, int count);

  /**
   * The randomness that {@code party} expands from its seed.
   *
   * @param step index of the gate in the program
   * @param from first element of the slice, a multiple of 128
   */
  static PartyRandomness of(Seed party, int step, long from) {
    return new SeededRandomness(party, step, from);
  }
}
