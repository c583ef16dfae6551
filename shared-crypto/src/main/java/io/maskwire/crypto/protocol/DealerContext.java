package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.ComparisonShares;
import io.maskwire.crypto.fss.LevelWords;
import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.TreeShape;
import io.maskwire.crypto.fss.UnitVector;
import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.ring.BitWidth;

/**
 * What the dealer has for one slice of one gate: both parties' randomness.
 *
 * @param hash the session's node hash
 * @param memory where level words go
 * @param party0 party 0's randomness
 * @param party1 party 1's randomness
 */
public record DealerContext(
    NodeHash hash, LevelWords.Memory memory, PartyRandomness party0, PartyRandomness party1) {

  /** A context whose keys have memory of their own. */
  public DealerContext(NodeHash hash, PartyRandomness party0, PartyRandomness party1) {
    this(hash, LevelWords.Memory.fresh(), party0, party1);
  }

  /** The correction of secret number {@code part}: the secret minus party 0's share of it. */
  long[] correction(int part, long[] secret, BitWidth width) {
    long[] correction = party0.secretShare(part, secret.length, width);
    for (int i = 0; i < correction.length; i++) {
      correction[i] = width.reduce(secret[i] - correction[i]);
    }
    return correction;
  }

  /** Secret bit number {@code part}: the XOR of both parties' bits. */
  long[] secretBits(int part, int count) {
    long[] bits = party0.secretBits(part, count);
    long[] others = party1.secretBits(part, count);
    for (int i = 0; i < count; i++) {
      bits[i] ^= others[i];
    }
    return bits;
  }

  /** Comparison keys for {@code alphas}, with roots number {@code part}. */
  TreeKeys compare(int part, BitWidth domain, long[] alphas) {
    PrefixParity comparison = new PrefixParity(domain);
    return comparison.generateKeys(
        hash,
        alphas,
        party0.treeRoots(part, alphas.length),
        party1.treeRoots(part, alphas.length),
        levels(part, comparison.shape(), alphas.length));
  }

  /** Keys of comparisons with additive shares, for {@code alphas}, with roots {@code part}. */
  TreeKeys compareShared(int part, BitWidth domain, BitWidth width, long[] alphas) {
    ComparisonShares comparison = new ComparisonShares(domain, width);
    return comparison.generateKeys(
        hash,
        alphas,
        party0.treeRoots(part, alphas.length),
        party1.treeRoots(part, alphas.length),
        levels(part, comparison.shape(), alphas.length));
  }

  /** Unit vector keys for {@code alphas}, with roots number {@code part}. */
  TreeKeys unitVectors(int part, BitWidth domain, BitWidth width, long[] alphas) {
    UnitVector vectors = new UnitVector(domain, width);
    return vectors.generateKeys(
        hash,
        alphas,
        party0.treeRoots(part, alphas.length),
        party1.treeRoots(part, alphas.length),
        levels(part, vectors.shape(), alphas.length));
  }

  private LevelWords levels(int part, TreeShape shape, int count) {
    return memory.take(part, shape.levelWords(count));
  }
}
