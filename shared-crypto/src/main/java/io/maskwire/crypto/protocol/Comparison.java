package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.TreeShape;
import io.maskwire.crypto.ring.BitWidth;

/**
 * The core of {@link PiecewiseLinear} and {@link Select}: d = 1{x - threshold >= 1} for public
 * thresholds on one key, blinded by e = (top bit of r) xor bits of both parties, so that the opened
 * d^ = d xor e says nothing. A DPF of b - 1 bits; the top bit comes in through e.
 */
final class Comparison {
  private Comparison() {}

  private static BitWidth domain(BitWidth compared) {
    return BitWidth.of(compared.bits() - 1);
  }

  static TreeShape shape(BitWidth compared) {
    return new PrefixParity(domain(compared)).shape();
  }

  /** The tree for x under {@code mask}. */
  static TreeKeys generateKeys(BitWidth compared, DealerContext dealer, long[] mask) {
    long[] low = new long[mask.length];
    for (int i = 0; i < low.length; i++) {
      low[i] = domain(compared).reduce(mask[i]);
    }
    return dealer.compare(0, domain(compared), low);
  }

  /** e of comparison number {@code part}. */
  static long[] blind(BitWidth compared, DealerContext dealer, int part, long[] mask) {
    long[] blind = dealer.secretBits(part, mask.length);
    for (int i = 0; i < blind.length; i++) {
      blind[i] ^= compared.reduce(mask[i]) >>> (compared.bits() - 1);
    }
    return blind;
  }

  /** [d^]_p of comparison number {@code part}. */
  static long[] begin(
      BitWidth compared,
      PartyContext party,
      TreeKeys tree,
      int part,
      long[] maskedInput,
      long threshold) {
    long[] points = new long[maskedInput.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = domain(compared).reduce(maskedInput[i] - 1 - threshold);
    }
    long[] bits = party.compare(0, domain(compared), tree, points);
    long[] blind = party.randomness().secretBits(part, points.length);
    long selects = party.role().selectsPublic();
    for (int i = 0; i < bits.length; i++) {
      long u = compared.reduce(maskedInput[i] - 1 - threshold);
      long top = u >>> (compared.bits() - 1);
      bits[i] ^= ((1 ^ top) & selects) ^ blind[i];
    }
    return bits;
  }

  /**
   * [d v]_p = d^ [v]_p + (1 - 2 d^)(e v^ - e r).
   *
   * @param opened d^
   * @param select this party's share of e
   * @param selectedMask this party's share of e r
   */
  static long[] select(
      Role role, Multiply.Operand payload, long[] opened, long[] select, long[] selectedMask) {
    long[] shares = new long[opened.length];
    long selects = role.selectsPublic();
    for (int i = 0; i < shares.length; i++) {
      long masked = payload.masked()[i];
      long d = opened[i];
      shares[i] =
          d * ((masked & selects) - payload.mask()[i])
              + (1 - 2 * d) * (select[i] * masked - selectedMask[i]);
    }
    return shares;
  }
}
