package io.maskwire.crypto.execution;

import io.maskwire.crypto.fss.LevelWords;
import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.prg.Expansion;
import io.maskwire.crypto.prg.Label;
import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.DealerContext;
import io.maskwire.crypto.protocol.GateKeys;
import io.maskwire.crypto.protocol.LinearLayer;
import io.maskwire.crypto.protocol.LocalTruncate;
import io.maskwire.crypto.protocol.Multiply;
import io.maskwire.crypto.protocol.PiecewiseLinear;
import io.maskwire.crypto.protocol.ReluTruncate;
import io.maskwire.crypto.protocol.Select;
import io.maskwire.crypto.protocol.TableLookup;
import io.maskwire.crypto.protocol.Truncate;
import io.maskwire.crypto.wire.ByteWriter;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.KeySectionCodec;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Draws the key material of sessions of one model version and streams it out, a slice of a gate at
 * a time, in the order in which the parties read it. Sees masks only: no weight, input or opening.
 */
public final class Dealer {
  /** Largest number of weights whose mask is kept between sessions: 512 MiB. */
  private static final long CACHED_WEIGHTS = 1L << 26;

  private final Program program;
  private final ProgramId id;
  private final Schedule schedule;
  private final KeyPlan plan;
  private final WeightMasks weightMasks;

  /** A dealer for {@code program} under the version masks that {@code version} expands. */
  public Dealer(Program program, ProgramId id, VersionSeeds version) {
    this.program = program;
    this.id = id;
    schedule = Schedule.of(program);
    plan = new KeyPlan(program);
    weightMasks = new WeightMasks(program, version, CACHED_WEIGHTS);
  }

  /**
   * Where a session's keys go.
   *
   * @param common for both parties
   * @param party0 for party 0 alone
   * @param party1 for party 1 alone
   */
  public record Sinks(OutputStream common, OutputStream party0, OutputStream party1) {}

  /** Opens a session's sinks: where keys are named by session, its id must be known first. */
  @FunctionalInterface
  public interface SinkFactory {
    /** The sinks of {@code session}, before anything is written to them. */
    Sinks open(SessionId session) throws IOException;
  }

  /**
   * Deals one session into {@code sinks}.
   *
   * @see #deal(Seed, SinkFactory)
   */
  public MaskSeeds deal(Seed root, Sinks sinks) throws IOException {
    return deal(root, _ -> sinks);
  }

  /**
   * Deals one session. Closing the sinks is the caller's.
   *
   * @param root 256 fresh bits, used for this session alone; wiped here
   * @param factory opens the sinks, once
   * @return the seeds of the input masks and, if the result is revealed to the user, of the output
   *     masks
   */
  public MaskSeeds deal(Seed root, SinkFactory factory) throws IOException {
    Seed party0 = root.derive(new Label(Label.Purpose.PARTY, 0, 0));
    Seed party1 = root.derive(new Label(Label.Purpose.PARTY, 0, 1));
    Seed hashKey = root.derive(Label.of(Label.Purpose.HASH_KEY, 0));
    SessionId session = new SessionId(root.derive(Label.of(Label.Purpose.SESSION_ID, 0)).toBytes());
    root.wipe();
    try {
      Sinks sinks = factory.open(session);
      writeHeader(sinks.common(), KeyHeader.Kind.COMMON, session, hashKey, plan.commonBytes());
      writeHeader(sinks.party0(), KeyHeader.Kind.PARTY_0, session, party0, plan.party0Bytes());
      writeHeader(sinks.party1(), KeyHeader.Kind.PARTY_1, session, party1, plan.party1Bytes());
      new Session(party0, party1, NodeHash.forKey(hashKey.toBytes())).deal(sinks);
      return new MaskSeeds(
          id,
          session,
          pairs(
              program.inputs().stream().map(Program.Input::wire).toList(),
              Label.Purpose.WIRE_MASK,
              party0,
              party1),
          pairs(revealedToUser(), Label.Purpose.OUTPUT_MASK, party0, party1));
    } finally {
      party0.wipe();
      party1.wipe();
    }
  }

  /** The outputs whose masks the policy gives to the user. */
  private List<Wire.Shared> revealedToUser() {
    return switch (program.reveal()) {
      case USER, BOTH -> program.outputs().stream().map(Program.Output::wire).toList();
      case OWNER -> List.of();
    };
  }

  private void writeHeader(
      OutputStream to, KeyHeader.Kind kind, SessionId session, Seed first, long length)
      throws IOException {
    to.write(new KeyHeader(kind, id, session, first, length).encode());
  }

  private static List<MaskSeeds.Pair> pairs(
      List<? extends Wire> wires, Label.Purpose purpose, Seed party0, Seed party1) {
    return wires.stream()
        .map(wire -> Label.of(purpose, wire.id()))
        .map(label -> new MaskSeeds.Pair(party0.derive(label), party1.derive(label)))
        .toList();
  }

  /** One session's seeds while its keys are written. */
  private final class Session implements MaskWalk.Source {
    private final Seed party0;
    private final Seed party1;
    private final NodeHash hash;

    /** One section after the other: a deep model has gigabytes of them. */
    private final ByteWriter sectionBytes = new ByteWriter(1 << 10);

    private final LevelWords.Memory memory = LevelWords.Memory.reused();

    Session(Seed party0, Seed party1, NodeHash hash) {
      this.party0 = party0;
      this.party1 = party1;
      this.hash = hash;
    }

    @Override
    public long[] fresh(Wire.Masked wire) {
      Label label = Label.of(Label.Purpose.WIRE_MASK, wire.id());
      return Expansion.sum(
          party0.derive(label).expand(), party1.derive(label).expand(), wire.count(), wire.width());
    }

    @Override
    public long[] weight(int index) {
      return weightMasks.get(index);
    }

    void deal(Sinks sinks) throws IOException {
      MaskWalk masks = new MaskWalk(program, schedule, this);
      for (var group : schedule.groups()) {
        for (Schedule.Scheduled scheduled : group) {
          Gate gate = scheduled.step().gate();
          masks.enter(gate);
          deal(gate, masks, plan.sections(scheduled.index()), sinks);
          masks.leave(scheduled.index(), gate);
        }
      }
    }

    private void deal(Gate gate, MaskWalk masks, List<KeyPlan.Section> sections, Sinks sinks)
        throws IOException {
      // A linear layer's products are of the whole layer, the rest goes slice by slice.
      long[] products =
          gate instanceof Gate.Linear linear
              ? LinearLayer.ideal(
                  linear.map(), weightMasks.get(linear.weight()), masks.of(linear.input()))
              : new long[0];
      for (KeyPlan.Section section : sections) {
        GateKeys keys = keys(gate, masks, section.slice(), products);
        if (section.common().length() > 0) {
          KeySectionCodec.encodeTrees(section.slice(), keys.trees(), sectionBytes)
              .writeTo(sinks.common());
        }
        if (section.corrections().length() > 0) {
          KeySectionCodec.encodeCorrections(
                  section.slice(), section.layout(), keys.corrections(), sectionBytes)
              .writeTo(sinks.party1());
        }
      }
    }

    private GateKeys keys(Gate gate, MaskWalk masks, KeySectionCodec.Slice slice, long[] products) {
      DealerContext context =
          new DealerContext(
              hash,
              memory,
              PartyRandomness.of(party0, slice.step(), slice.from()),
              PartyRandomness.of(party1, slice.step(), slice.from()));
      return switch (gate) {
        case Gate.Linear g ->
            LinearLayer.generateKeys(context, g.output().width(), cut(products, slice));
        case Gate.Multiply g ->
            Multiply.generateKeys(
                context,
                g.output().width(),
                cut(masks.of(g.left()), slice),
                cut(masks.of(g.right()), slice));
        case Gate.PiecewiseLinear g ->
            PiecewiseLinear.generateKeys(
                GateKeyLayouts.parameters(g), context, cut(masks.of(g.input()), slice));
        case Gate.ReluTruncate g ->
            ReluTruncate.generateKeys(
                GateKeyLayouts.parameters(g), context, cut(masks.of(g.input()), slice));
        case Gate.Select g ->
            Select.generateKeys(
                GateKeyLayouts.parameters(g),
                context,
                cut(masks.of(g.condition()), slice),
                g.payloads().stream().map(payload -> cut(masks.of(payload), slice)).toList());
        case Gate.Table g ->
            TableLookup.generateKeys(
                GateKeyLayouts.parameters(g), context, cut(masks.of(g.input()), slice));
        case Gate.Truncate g -> {
          long[] mask = cut(masks.of(g.input()), slice);
          yield switch (g.carry()) {
            case OPENED -> Truncate.generateKeys(GateKeyLayouts.parameters(g), context, mask);
            case SHARED -> LocalTruncate.generateKeys(GateKeyLayouts.parameters(g), context, mask);
          };
        }
        case Gate.Combine _, Gate.Constant _, Gate.Gather _, Gate.Open _ ->
            throw new IllegalStateException("no keys are planned for " + gate);
      };
    }
  }

  private static long[] cut(long[] vector, KeySectionCodec.Slice slice) {
    return Arrays.copyOfRange(vector, slice.from(), slice.from() + slice.count());
  }
}
