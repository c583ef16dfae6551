package io.maskwire.cli.bench;

import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.DealerContext;
import io.maskwire.crypto.protocol.GateKeys;
import io.maskwire.crypto.protocol.KeyLayout;
import io.maskwire.crypto.protocol.LocalTruncate;
import io.maskwire.crypto.protocol.Multiply;
import io.maskwire.crypto.protocol.PartyContext;
import io.maskwire.crypto.protocol.PiecewiseLinear;
import io.maskwire.crypto.protocol.ReluTruncate;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.protocol.Select;
import io.maskwire.crypto.protocol.TableLookup;
import io.maskwire.crypto.protocol.Truncate;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.KeySectionCodec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Workloads of the gates: a slice of one gate with its dealer and party 1, whose evaluation reads
 * corrections from packed bytes as in a session (party 0 expands its shares instead).
 */
public final class GateBench {
  private static final BitWidth VALUE = BitWidth.of(24);
  private static final int SHIFT = 12;
  private static final BitWidth PRODUCT = BitWidth.of(36);
  private static final Truncation TRUNCATION = new Truncation(VALUE, SHIFT, true);

  private final int count;
  private final DealerContext dealer;
  private final PartyContext party;
  private final long[] mask;
  private final long[] masked;

  /** Workloads on {@code count} elements. */
  public GateBench(int count) {
    this.count = count;
    SplittableRandom random = new SplittableRandom(1);
    NodeHash hash = NodeHash.forKey(bytes(random));
    PartyRandomness zero = PartyRandomness.of(Seed.copyOf(bytes(random)), 0, 0);
    PartyRandomness one = PartyRandomness.of(Seed.copyOf(bytes(random)), 0, 0);
    dealer = new DealerContext(hash, zero, one);
    party = new PartyContext(Role.PARTY_1, hash, one);
    mask = random.longs(count).map(PRODUCT::reduce).toArray();
    masked = random.longs(count).map(PRODUCT::reduce).toArray();
  }

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[Seed.BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A gate's two halves. */
  public interface Workload {
    /** The dealer's part: keys as bytes. */
    Supplier<byte[][]> generate();

    /** Party 1's part, from the bytes of the keys. */
    Evaluation evaluate();

    /** Elements of the slice. */
    int count();
  }

  /** Evaluates from packed keys. */
  @FunctionalInterface
  public interface Evaluation {
    /** Party 1's share of the result. */
    long[] apply(byte[] trees, byte[] corrections);
  }

  private record Gate(Supplier<byte[][]> generate, Evaluation evaluate, int count)
      implements Workload {}

  private KeySectionCodec.Slice slice() {
    return new KeySectionCodec.Slice(0, 0, count);
  }

  private Gate gate(KeyLayout layout, Supplier<GateKeys> keys, KeyedEvaluation evaluation) {
    return new Gate(
        () -> {
          GateKeys generated = keys.get();
          return new byte[][] {
            KeySectionCodec.encodeTrees(slice(), generated.trees()),
            KeySectionCodec.encodeCorrections(slice(), layout, generated.corrections())
          };
        },
        (trees, corrections) ->
            evaluation.apply(
                new GateKeys(
                    KeySectionCodec.decodeTrees(trees, slice(), layout),
                    KeySectionCodec.decodeCorrections(corrections, slice(), layout))),
        count);
  }

  @FunctionalInterface
  private interface KeyedEvaluation {
    long[] apply(GateKeys keys);
  }

  /** ReLU with truncation from 36 bits to 24, back on 36. */
  public Workload reluTruncate() {
    var parameters = new ReluTruncate.Parameters(TRUNCATION, PRODUCT);
    return gate(
        ReluTruncate.layout(parameters),
        () -> ReluTruncate.generateKeys(parameters, dealer, mask),
        keys -> {
          long[] message = ReluTruncate.begin(parameters, party, keys.trees(), masked);
          return ReluTruncate.finish(parameters, Role.PARTY_1, masked, message, keys.corrections());
        });
  }

  /** Truncation from 36 bits to 24, back on 36. */
  public Workload truncate() {
    var parameters = new Truncate.Parameters(TRUNCATION, PRODUCT);
    return gate(
        Truncate.layout(parameters),
        () -> Truncate.generateKeys(parameters, dealer, mask),
        keys -> {
          long[] message = Truncate.begin(parameters, party, keys.trees(), masked);
          return Truncate.finish(parameters, Role.PARTY_1, masked, message, keys.corrections());
        });
  }

  /** Truncation from 36 bits to 24 without a message. */
  public Workload localTruncate() {
    var parameters = new Truncate.Parameters(TRUNCATION, VALUE);
    return gate(
        LocalTruncate.layout(parameters),
        () -> LocalTruncate.generateKeys(parameters, dealer, mask),
        keys ->
            LocalTruncate.evaluate(
                parameters, party, keys.trees().getFirst(), masked, keys.corrections().getFirst()));
  }

  /** ReLU on a wire of 36 bits, 24 of them compared: a step of a MaxPool tournament. */
  public Workload relu() {
    var parameters = new PiecewiseLinear.Parameters(VALUE, List.of(new Piece(1, 0)), PRODUCT);
    return gate(
        PiecewiseLinear.layout(parameters),
        () -> PiecewiseLinear.generateKeys(parameters, dealer, mask),
        keys -> {
          long[] message =
              PiecewiseLinear.begin(parameters, party, keys.trees().getFirst(), masked);
          return PiecewiseLinear.finish(
              parameters,
              Role.PARTY_1,
              new Multiply.Operand(masked, mask),
              message,
              keys.corrections());
        });
  }

  /** A value of 36 bits or nothing, by 24 bits of another: a step of an ArgMax tournament. */
  public Workload select() {
    var parameters = new Select.Parameters(VALUE, List.of(PRODUCT));
    var payload = new Multiply.Operand(masked, mask);
    return gate(
        Select.layout(parameters),
        () -> Select.generateKeys(parameters, dealer, mask, List.of(mask)),
        keys -> {
          long[] message = Select.begin(parameters, party, keys.trees().getFirst(), masked);
          return Select.finish(Role.PARTY_1, 0, payload, message, keys.corrections());
        });
  }

  /** A product of two secrets on 36 bits. */
  public Workload multiply() {
    var operand = new Multiply.Operand(masked, mask);
    return gate(
        Multiply.layout(PRODUCT),
        () -> Multiply.generateKeys(dealer, PRODUCT, mask, mask),
        keys -> Multiply.evaluate(Role.PARTY_1, operand, operand, keys.corrections().getFirst()));
  }

  /** A table of 2^8 entries of 36 bits. */
  public Workload tableLookup() {
    var parameters = new TableLookup.Parameters(BitWidth.of(8), PRODUCT);
    long[] table = Arrays.copyOf(masked, 256);
    return gate(
        TableLookup.layout(parameters),
        () -> TableLookup.generateKeys(parameters, dealer, mask),
        keys -> TableLookup.evaluate(parameters, party, keys.trees().getFirst(), masked, table));
  }
}
