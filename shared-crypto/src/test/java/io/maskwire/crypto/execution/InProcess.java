package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.RoundMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Owner, dealer, user and both parties of a program, in lock step on one thread. */
final class InProcess {
  final Program program;
  final ProgramId id;
  final List<RingTensor> weights;
  final PartyModel model0;
  final PartyModel model1;
  final Dealer dealer;
  private final IntFunction<Seed> seeds;

  InProcess(Program program, List<RingTensor> weights, SplittableRandom random) {
    this(program, weights, length -> seed(random, length));
  }

  /** With seeds of each length that is asked for: two for the version, one for each session. */
  InProcess(Program program, List<RingTensor> weights, IntFunction<Seed> seeds) {
    this.program = program;
    this.weights = weights;
    this.seeds = seeds;
    id = ProgramCodec.idOf(ProgramCodec.encode(program));
    VersionSeeds version = new VersionSeeds(seeds.apply(Seed.BYTES), seeds.apply(Seed.BYTES));
    List<RingTensor> masked = Owner.maskWeights(program, weights, version);
    model0 = model(Role.PARTY_0, masked, version.party0());
    model1 = model(Role.PARTY_1, masked, version.party1());
    dealer = new Dealer(program, id, version);
  }

  private InProcess(InProcess version, IntFunction<Seed> seeds) {
    program = version.program;
    weights = version.weights;
    id = version.id;
    model0 = version.model0;
    model1 = version.model1;
    dealer = version.dealer;
    this.seeds = seeds;
  }

  /** The same model version, with sessions drawn from {@code other}. */
  InProcess withRandom(SplittableRandom other) {
    return new InProcess(this, length -> seed(other, length));
  }

  private static Seed seed(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Seed.copyOf(bytes);
  }

  private PartyModel model(Role role, List<RingTensor> masked, Seed seed) {
    return PartyModel.of(program, id, role, new PartyWeights(program, role, masked, seed));
  }

  /** A dealt session: bytes of the three key files and the user's seeds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Keys(byte[] common, byte[] party0, byte[] party1, MaskSeeds seeds) {}

  Keys deal() {
    var common = new ByteArrayOutputStream();
    var party0 = new ByteArrayOutputStream();
    var party1 = new ByteArrayOutputStream();
    try {
      MaskSeeds seeds =
          dealer.deal(this.seeds.apply(Seed.ROOT_BYTES), new Dealer.Sinks(common, party0, party1));
      return new Keys(common.toByteArray(), party0.toByteArray(), party1.toByteArray(), seeds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PartySession session(Role role, Keys keys) {
    PartyModel model = role == Role.PARTY_0 ? model0 : model1;
    byte[] own = role == Role.PARTY_0 ? keys.party0() : keys.party1();
    return new PartySession(
        model, new PartyKeys(model, KeySource.of(keys.common()), KeySource.of(own)));
  }

  /** All messages of a run: round by round, party 0's and party 1's; the last are the results. */
  record Run(MaskedInput input, List<RoundMessage> zero, List<RoundMessage> one) {}

  Run run(Keys keys, List<RingTensor> inputs) {
    MaskedInput masked = new User(program, id, keys.seeds()).mask(inputs);
    PartySession session0 = session(Role.PARTY_0, keys);
    PartySession session1 = session(Role.PARTY_1, keys);
    Run run = new Run(masked, new ArrayList<>(), new ArrayList<>());
    run.zero().add(session0.begin(masked));
    run.one().add(session1.begin(masked));
    while (!session0.finished()) {
      RoundMessage message0 = run.zero().getLast();
      RoundMessage message1 = run.one().getLast();
      run.zero().add(session0.advance(RoundMessage.decode(message1.encode())));
      run.one().add(session1.advance(RoundMessage.decode(message0.encode())));
    }
    return run;
  }

  /** The unmasked outputs of a secure run with fresh keys. */
  List<RingTensor> infer(List<RingTensor> inputs) {
    Keys keys = deal();
    Run run = run(keys, inputs);
    return new User(program, id, keys.seeds()).unmask(run.zero().getLast(), run.one().getLast());
  }
}
