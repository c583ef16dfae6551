package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.ComparisonShares;
import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.UnitVector;
import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.ring.BitWidth;

/**
 * What a party has for one slice of one gate.
 *
 * @param role which party
 * @param hash the session's node hash
 * @param randomness from the party's own seed
 */
public record PartyContext(Role role, NodeHash hash, PartyRandomness randomness) {

  /** XOR shares of 1{points &lt; alpha}, with roots number {@code part}. */
  long[] compare(int part, BitWidth domain, TreeKeys keys, long[] points) {
    return new PrefixParity(domain)
        .evaluate(hash, role.index(), keys, randomness.treeRoots(part, points.length), points);
  }

  /** Additive shares of 1{points &lt; alpha}, mod 2^width, with roots number {@code part}. */
  long[] compareShared(int part, BitWidth domain, BitWidth width, TreeKeys keys, long[] points) {
    return new ComparisonShares(domain, width)
        .evaluate(hash, role.index(), keys, randomness.treeRoots(part, points.length), points);
  }

  /** The evaluator of unit vectors with roots number {@code part}. */
  UnitVector.Evaluator unitVectors(int part, BitWidth domain, BitWidth width, TreeKeys keys) {
    return new UnitVector(domain, width)
        .evaluator(hash, role.index(), keys, randomness.treeRoots(part, keys.count()));
  }
}
