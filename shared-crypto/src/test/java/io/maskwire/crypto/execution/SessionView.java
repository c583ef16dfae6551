package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.KeySectionCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that both parties, the broker between them and a thief of the key files see of a session, but
 * for the parties' seeds: hash key, trees, corrections, masked input, both messages of each round
 * and what they open. Each value in its ring, named.
 */
final class SessionView {
  private static final BitWidth BIT = BitWidth.of(1);

  /**
   * Values of one kind.
   *
   * @param name what they are
   * @param width their ring
   * @param values reduced
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Segment(String name, BitWidth width, long[] values) {}

  private final List<Segment> segments = new ArrayList<>();

  private SessionView() {}

  static SessionView of(InProcess run, InProcess.Keys keys, InProcess.Run messages) {
    SessionView view = new SessionView();
    view.addKeys(run, keys);
    for (int i = 0; i < run.program.inputs().size(); i++) {
      Program.Input input = run.program.inputs().get(i);
      long[] masked = messages.input().values().get(i).values();
      view.add("masked input", input.wire().width(), masked);
    }
    Schedule schedule = run.model0.schedule();
    for (int round = 0; round < schedule.rounds(); round++) {
      var zero = new ByteReader(messages.zero().get(round).payload(), "message 0");
      var one = new ByteReader(messages.one().get(round).payload(), "message 1");
      for (Schedule.Scheduled scheduled : schedule.groups().get(round)) {
        if (scheduled.step().gate().exchanges()) {
          view.addOpening(scheduled.step(), zero, one);
        }
      }
    }
    var zero = new ByteReader(messages.zero().getLast().payload(), "result 0");
    var one = new ByteReader(messages.one().getLast().payload(), "result 1");
    for (Program.Output output : run.program.outputs()) {
      int count = output.wire().count();
      BitWidth width = output.wire().width();
      view.addSum(output.name(), width, zero.getPacked(count, width), one.getPacked(count, width));
    }
    return view;
  }

  private void addKeys(InProcess run, InProcess.Keys keys) {
    KeyHeader header = KeyHeader.decode(keys.common(), KeyHeader.Kind.COMMON, run.id);
    add("hash key", BitWidth.of(8), bytes(header.first()));
    for (int step = 0; step < run.program.steps().size(); step++) {
      String node = run.program.steps().get(step).node();
      for (KeyPlan.Section section : run.model0.plan().sections(step)) {
        addTrees(node, keys.common(), section);
        addCorrections(node, keys.party1(), section);
      }
    }
  }

  private void addTrees(String node, byte[] common, KeyPlan.Section section) {
    if (section.common().length() > 0) {
      byte[] bytes = cut(common, section.common());
      for (var tree : KeySectionCodec.decodeTrees(bytes, section.slice(), section.layout())) {
        add(node + " level words", BitWidth.MAXIMUM, tree.levels().toArray());
        add(node + " leaves", tree.shape().leafWidth(), tree.leaves());
      }
    }
  }

  private void addCorrections(String node, byte[] party1, KeyPlan.Section section) {
    if (section.corrections().length() > 0) {
      byte[] bytes = cut(party1, section.corrections());
      List<long[]> corrections =
          KeySectionCodec.decodeCorrections(bytes, section.slice(), section.layout());
      for (int part = 0; part < corrections.size(); part++) {
        BitWidth width = section.layout().secrets().get(part);
        add(node + " correction " + part, width, corrections.get(part));
      }
    }
  }

  private static byte[] cut(byte[] file, KeyPlan.ByteRange range) {
    return Arrays.copyOfRange(file, (int) range.offset(), (int) range.end());
  }

  private static long[] bytes(Seed seed) {
    byte[] bytes = seed.toBytes();
    long[] values = new long[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }

  private void addOpening(Program.Step step, ByteReader zero, ByteReader one) {
    if (step.gate() instanceof Gate.Open open) {
      int count = open.output().count();
      BitWidth width = open.output().width();
      addSum(step.node(), width, zero.getPacked(count, width), one.getPacked(count, width));
      return;
    }
    int count = step.gate().outputs().getFirst().count();
    int bits = bits(step.gate()) * count;
    addSum(step.node(), BIT, zero.getPacked(bits, BIT), one.getPacked(bits, BIT));
  }

  private static int bits(Gate gate) {
    return switch (gate) {
      case Gate.PiecewiseLinear pieces -> pieces.pieces().size();
      case Gate.ReluTruncate relu -> GateKeyLayouts.parameters(relu).messageBits();
      case Gate.Truncate truncate -> GateKeyLayouts.parameters(truncate).messageBits();
      case Gate.Select _ -> 1;
      default -> throw new IllegalArgumentException(gate + " opens no bits");
    };
  }

  /** Both parties' values and their sum. Bits may be added too: mod 2 it is their XOR. */
  private void addSum(String name, BitWidth width, long[] zero, long[] one) {
    long[] sum = new long[zero.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = width.reduce(zero[i] + one[i]);
    }
    add(name + " from party 0", width, zero);
    add(name + " from party 1", width, one);
    add(name + " opened", width, sum);
  }

  private void add(String name, BitWidth width, long[] values) {
    segments.add(new Segment(name, width, values));
  }

  List<Segment> segments() {
    return segments;
  }
}
