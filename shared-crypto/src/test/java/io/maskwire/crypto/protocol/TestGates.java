package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import java.util.List;
import java.util.SplittableRandom;

/** Both parties and the dealer of one gate, with seeds from a test's random source. */
final class TestGates {
  final NodeHash hash;
  final PartyContext party0;
  final PartyContext party1;
  final DealerContext dealer;
  private final SplittableRandom random;

  TestGates(SplittableRandom random) {
    this.random = random;
    hash = NodeHash.forKey(bytes());
    PartyRandomness randomness0 = PartyRandomness.of(Seed.copyOf(bytes()), 5, 0);
    PartyRandomness randomness1 = PartyRandomness.of(Seed.copyOf(bytes()), 5, 0);
    party0 = new PartyContext(Role.PARTY_0, hash, randomness0);
    party1 = new PartyContext(Role.PARTY_1, hash, randomness1);
    dealer = new DealerContext(hash, randomness0, randomness1);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A mask and the values under it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Masked(long[] mask0, long[] mask1, long[] mask, long[] masked) {
    Multiply.Operand of(Role role) {
      return new Multiply.Operand(masked, role == Role.PARTY_0 ? mask0 : mask1);
    }
  }

  Masked mask(long[] values, BitWidth width) {
    long[] mask0 = random.longs(values.length).map(width::reduce).toArray();
    long[] mask1 = random.longs(values.length).map(width::reduce).toArray();
    long[] mask = add(mask0, mask1);
    long[] masked = add(mask, values);
    for (int i = 0; i < masked.length; i++) {
      masked[i] = width.reduce(masked[i]);
    }
    return new Masked(mask0, mask1, mask, masked);
  }

  List<long[]> shares(KeyLayout layout, GateKeys keys, Role role, int count) {
    return role == Role.PARTY_0 ? layout.expandShares(party0, count) : keys.corrections();
  }

  static long[] add(long[] a, long[] b) {
    long[] sum = new long[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  static long[] xor(long[] a, long[] b) {
    long[] sum = new long[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] ^ b[i];
    }
    return sum;
  }

  /** Reconstructs and reads as signed. */
  static long[] reveal(long[] share0, long[] share1, BitWidth width) {
    long[] sum = add(share0, share1);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = width.toSigned(sum[i]);
    }
    return sum;
  }
}
