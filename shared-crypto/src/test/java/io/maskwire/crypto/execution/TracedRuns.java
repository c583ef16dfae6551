package io.maskwire.crypto.execution;

import io.maskwire.crypto.fss.ComparisonShares;
import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.UnitVector;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.BitPacking;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Work on secrets, by name, each a function of a number that chooses the secrets and nothing else:
 * 0 makes all bits 0, 1 makes all bits 1, other numbers are seeds. Points, shapes and the hash key
 * are public and always the same.
 */
public final class TracedRuns {
  private static final int COUNT = 5;
  private static final BitWidth WIDTH = BitWidth.of(36);

  private TracedRuns() {}

  /** All of it. */
  public static Map<String, LongConsumer> all() {
    return Map.ofEntries(
        Map.entry("comparison of 5 bits", secrets -> comparison(5, secrets)),
        Map.entry("comparison of 23 bits", secrets -> comparison(23, secrets)),
        Map.entry("comparison of 63 bits", secrets -> comparison(63, secrets)),
        Map.entry("shared comparison of 12 bits", secrets -> sharedComparison(12, secrets)),
        Map.entry("unit vector of 2^6", secrets -> unitVector(6, secrets)),
        Map.entry("dense layer", secrets -> layer(new Dense(2, 7, 3), secrets)),
        Map.entry("scaling", secrets -> layer(new Scaling(2, 3, 2), secrets)),
        Map.entry("convolution", secrets -> layer(convolution(), secrets)),
        Map.entry("packing", TracedRuns::packing),
        Map.entry("masks", TracedRuns::masks),
        Map.entry("dealer", secrets -> newRun(secrets).deal()),
        Map.entry("owner, dealer, user and both parties", TracedRuns::session));
  }

  private static long[] fill(int length, SplittableRandom random, long secrets) {
    long[] values = new long[length];
    if (secrets < 2) {
      Arrays.fill(values, -secrets);
    } else {
      Arrays.setAll(values, i -> random.nextLong());
    }
    return values;
  }

  private static long[] fill(int length, BitWidth width, SplittableRandom random, long secrets) {
    return Arrays.stream(fill(length, random, secrets)).map(width::reduce).toArray();
  }

  private static NodeHash hash() {
    return NodeHash.forKey(new byte[Seed.BYTES]);
  }

  private static long[] points(BitWidth width) {
    return new SplittableRandom(7).longs(COUNT).map(width::reduce).toArray();
  }

  private static void comparison(int bits, long secrets) {
    SplittableRandom random = new SplittableRandom(secrets);
    BitWidth domain = BitWidth.of(bits);
    PrefixParity parity = new PrefixParity(domain);
    long[] roots0 = fill(2 * COUNT, random, secrets);
    long[] roots1 = fill(2 * COUNT, random, secrets);
    TreeKeys keys =
        parity.generateKeys(hash(), fill(COUNT, domain, random, secrets), roots0, roots1);
    parity.evaluate(hash(), 0, keys, roots0, points(domain));
    parity.evaluate(hash(), 1, keys, roots1, points(domain));
  }

  private static void sharedComparison(int bits, long secrets) {
    SplittableRandom random = new SplittableRandom(secrets);
    BitWidth domain = BitWidth.of(bits);
    ComparisonShares shares = new ComparisonShares(domain, WIDTH);
    long[] roots0 = fill(2 * COUNT, random, secrets);
    long[] roots1 = fill(2 * COUNT, random, secrets);
    TreeKeys keys =
        shares.generateKeys(hash(), fill(COUNT, domain, random, secrets), roots0, roots1);
    shares.evaluate(hash(), 0, keys, roots0, points(domain));
    shares.evaluate(hash(), 1, keys, roots1, points(domain));
  }

  private static void unitVector(int bits, long secrets) {
    SplittableRandom random = new SplittableRandom(secrets);
    BitWidth domain = BitWidth.of(bits);
    UnitVector vectors = new UnitVector(domain, WIDTH);
    long[] roots0 = fill(2 * COUNT, random, secrets);
    long[] roots1 = fill(2 * COUNT, random, secrets);
    TreeKeys keys =
        vectors.generateKeys(hash(), fill(COUNT, domain, random, secrets), roots0, roots1);
    vectors.evaluator(hash(), 0, keys, roots0).evaluate(1, new long[1 << bits]);
    vectors.evaluator(hash(), 1, keys, roots1).evaluate(1, new long[1 << bits]);
  }

  private static void layer(LinearMap map, long secrets) {
    SplittableRandom random = new SplittableRandom(secrets);
    map.accumulate(
        fill(map.weightCount(), random, secrets),
        fill(map.inputCount(), random, secrets),
        new long[map.outputCount()]);
  }

  private static LinearMap convolution() {
    var one = new Convolution.Extent(1, 1, 1);
    var border = new Convolution.Extent(0, 1, 1);
    return new Convolution(
        new Convolution.Channels(1, 2, 4, 2),
        new Convolution.Extent(1, 5, 5),
        new Convolution.Extent(1, 3, 3),
        new Convolution.Window(one, one, border, border));
  }

  private static void packing(long secrets) {
    byte[] packed = BitPacking.pack(fill(COUNT, new SplittableRandom(secrets), secrets), WIDTH);
    BitPacking.unpack(packed, 0, COUNT, WIDTH);
  }

  private static void masks(long secrets) {
    byte[] seed = new byte[Seed.BYTES];
    Arrays.fill(seed, (byte) fill(1, new SplittableRandom(secrets), secrets)[0]);
    Seed.copyOf(seed).expand().values(COUNT, WIDTH);
  }

  private static InProcess newRun(long secrets) {
    return new InProcess(EveryGate.program(), EveryGate.weights(), new SplittableRandom(secrets));
  }

  private static void session(long secrets) {
    InProcess run = newRun(secrets);
    InProcess.Keys keys = run.deal();
    long largest = secrets % 2 == 0 ? EveryGate.BOUND : -EveryGate.BOUND;
    List<RingTensor> input = EveryGate.input(largest, secrets % EveryGate.BOUND);
    MaskedInput masked = new User(run.program, run.id, keys.seeds()).mask(input);
    PartySession zero = run.session(Role.PARTY_0, keys);
    PartySession one = run.session(Role.PARTY_1, keys);
    RoundMessage message0 = zero.begin(masked);
    RoundMessage message1 = one.begin(masked);
    while (!zero.finished()) {
      RoundMessage next = zero.advance(message1);
      message1 = one.advance(message0);
      message0 = next;
    }
  }
}
