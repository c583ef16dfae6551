package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.prg.Label;
import io.maskwire.crypto.protocol.LinearLayer;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.ByteWriter;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One party's side of one session, round by round: {@link #prepare}, {@link #begin} with the masked
 * input, {@link #advance} with each message of the peer until it returns the result share. Messages
 * are a function of keys and transcript alone. No I/O but reading keys. Not thread safe.
 */
public final class PartySession {
  private final PartyModel model;
  private final PartyKeys keys;
  private final GateEvaluator evaluator;
  private final LiveWires<long[]> values;
  private final MaskWalk masks;
  private final Map<Integer, long[]> prepared = new HashMap<>();
  private Optional<Transcript> transcript = Optional.empty();
  private byte[] sent = new byte[0];
  private int round;

  /** A session with {@code keys}, which serve one input only. */
  public PartySession(PartyModel model, PartyKeys keys) {
    this.model = model;
    this.keys = keys;
    values = new LiveWires<>(model.program(), model.schedule());
    masks = newMaskWalk();
    evaluator = new GateEvaluator(model, keys, values, masks);
  }

  private MaskWalk newMaskWalk() {
    return new MaskWalk(
        model.program(),
        model.schedule(),
        new MaskWalk.Source() {
          @Override
          public long[] fresh(Wire.Masked wire) {
            return expand(Label.Purpose.WIRE_MASK, wire);
          }

          @Override
          public long[] weight(int index) {
            return model.weights().mask(index);
          }
        });
  }

  private long[] expand(Label.Purpose purpose, Wire wire) {
    return keys.seed()
        .derive(Label.of(purpose, wire.id()))
        .expand()
        .values(wire.count(), wire.width());
  }

  /** Computes what does not depend on the input: all products of weights and masks. */
  public void prepare() {
    MaskWalk walk = newMaskWalk();
    for (var group : model.schedule().groups()) {
      for (Schedule.Scheduled scheduled : group) {
        Gate gate = scheduled.step().gate();
        walk.enter(gate);
        if (gate instanceof Gate.Linear linear) {
          prepared.put(scheduled.index(), prepare(scheduled.index(), linear, walk));
        }
        walk.leave(scheduled.index(), gate);
      }
    }
  }

  private long[] prepare(int index, Gate.Linear gate, MaskWalk walk) {
    PartyWeights weights = model.weights();
    long[] products = evaluator.maskProducts(index, gate.output().count());
    long[] base =
        LinearLayer.prepare(
            gate.map(), weights.masked(gate.weight()), walk.of(gate.input()), products);
    gate.bias().ifPresent(bias -> bias.add(weights.share(bias.weight()), base));
    return base;
  }

  /**
   * Starts with the user's masked input.
   *
   * @return the first message, or the result share if the program has no rounds
   * @throws ProtocolException if the input belongs to another program or session
   */
  public RoundMessage begin(MaskedInput input) {
    if (transcript.isPresent()) {
      throw new IllegalStateException("this session has begun: its keys serve one input only");
    }
    if (!input.program().equals(model.id())) {
      throw new ProtocolException(
          ErrorCode.WRONG_PROGRAM,
          "the input was masked for program %s, this is %s".formatted(input.program(), model.id()));
    }
    if (!input.session().equals(keys.session())) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          "the input was masked for session %s, these keys are of session %s"
              .formatted(input.session(), keys.session()));
    }
    if (prepared.isEmpty()) {
      prepare();
    }
    transcript = Optional.of(new Transcript(input, input.encode(model.program())));
    for (int i = 0; i < model.program().inputs().size(); i++) {
      values.put(model.program().inputs().get(i).wire(), input.values().get(i).values());
    }
    return compute();
  }

  /** True if the last message was the result share. */
  public boolean finished() {
    return round > model.schedule().rounds();
  }

  /**
   * Takes the peer's message of this round.
   *
   * @return the next message; after the last round, the result share
   * @throws ProtocolException if the message is not the one that the protocol has now
   */
  public RoundMessage advance(RoundMessage peer) {
    Transcript seen = transcript.orElseThrow(() -> new IllegalStateException("not begun"));
    if (finished()) {
      throw new IllegalStateException("this session has ended");
    }
    int current = round - 1;
    check(peer, current, seen);
    ByteReader mine = new ByteReader(sent, "own message of round " + current);
    ByteReader theirs = new ByteReader(peer.payload(), "the peer's message of round " + current);
    for (Schedule.Scheduled scheduled : model.schedule().groups().get(current)) {
      if (scheduled.step().gate().exchanges()) {
        evaluator.finish(scheduled, mine, theirs);
        values.release(scheduled.index(), scheduled.step().gate());
        masks.leave(scheduled.index(), scheduled.step().gate());
      }
    }
    theirs.expectEnd();
    boolean first = model.role() == Role.PARTY_0;
    seen.append(current, first ? sent : peer.payload(), first ? peer.payload() : sent);
    return compute();
  }

  private void check(RoundMessage peer, int current, Transcript seen) {
    if (peer.role() != model.role().other()) {
      throw new ProtocolException(
          ErrorCode.WRONG_ROLE, "a message from the own role: both sides run as " + peer.role());
    }
    if (!peer.session().equals(keys.session())) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION, "the peer's message is of session " + peer.session());
    }
    if (peer.round() != current || !Arrays.equals(peer.transcript(), seen.current())) {
      throw new ProtocolException(
          ErrorCode.WRONG_TRANSCRIPT,
          "the peer's message of round %d was computed on other inputs or openings than round %d here"
              .formatted(peer.round(), current));
    }
    // Both messages of a round are equally long; known before anything of the session changes.
    if (peer.payload().length != sent.length) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "the peer's message of round %d has %d bytes, not %d"
              .formatted(current, peer.payload().length, sent.length));
    }
  }

  /** Runs the local gates of the current round and collects its message. */
  private RoundMessage compute() {
    int current = round++;
    ByteWriter message = new ByteWriter(1 << 10);
    if (current < model.schedule().groups().size()) {
      for (Schedule.Scheduled scheduled : model.schedule().groups().get(current)) {
        Gate gate = scheduled.step().gate();
        masks.enter(gate);
        if (gate.exchanges()) {
          evaluator.begin(scheduled, message);
        } else {
          evaluator.evaluate(scheduled, prepared);
          values.release(scheduled.index(), gate);
          masks.leave(scheduled.index(), gate);
        }
      }
    }
    if (current == model.schedule().rounds()) {
      result(message);
    }
    sent = message.toBytes();
    byte[] state = transcript.orElseThrow().current();
    return new RoundMessage(model.role(), current, keys.session(), state, sent);
  }

  /** Adds the shares of the outputs under their fresh masks. */
  private void result(ByteWriter message) {
    for (Program.Output output : model.program().outputs()) {
      long[] masked = expand(Label.Purpose.OUTPUT_MASK, output.wire());
      long[] share = values.get(output.wire());
      for (int i = 0; i < masked.length; i++) {
        masked[i] += share[i];
      }
      message.putPacked(masked, output.wire().width());
    }
  }
}
