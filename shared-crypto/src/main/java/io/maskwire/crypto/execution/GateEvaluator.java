package io.maskwire.crypto.execution;

import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.protocol.LinearLayer;
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
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A party's part of each gate, slice by slice. Of a wire it keeps the public value (masked) or its
 * share (shared).
 */
final class GateEvaluator {
  private static final BitWidth BIT = BitWidth.of(1);

  private final PartyModel model;
  private final PartyKeys keys;
  private final LiveWires<long[]> values;
  private final MaskWalk masks;
  private final NodeHash hash;

  GateEvaluator(PartyModel model, PartyKeys keys, LiveWires<long[]> values, MaskWalk masks) {
    this.model = model;
    this.keys = keys;
    this.values = values;
    this.masks = masks;
    hash = keys.newHash();
  }

  private Role role() {
    return model.role();
  }

  /** This party's share of r_W r_x of linear step {@code index}. */
  long[] maskProducts(int index, int count) {
    long[] products = new long[count];
    for (KeyPlan.Section section : model.plan().sections(index)) {
      long[] slice = keys.shares(section, context(section)).getFirst();
      System.arraycopy(slice, 0, products, section.slice().from(), slice.length);
    }
    return products;
  }

  private PartyContext context(KeyPlan.Section section) {
    return keys.context(hash, section.slice());
  }

  /** Computes a gate that needs no message. */
  void evaluate(Schedule.Scheduled scheduled, Map<Integer, long[]> prepared) {
    switch (scheduled.step().gate()) {
      case Gate.Combine g -> values.put(g.output(), combine(g));
      case Gate.Constant g -> values.put(g.output(), model.weights().masked(g.weight()));
      case Gate.Gather g ->
          values.put(
              g.output(),
              LocalGates.gather(g.sources().stream().map(values::get).toList(), g.map()));
      case Gate.Linear g -> {
        long[] share = model.weights().share(g.weight());
        long[] base = Objects.requireNonNull(prepared.get(scheduled.index()), "not prepared");
        values.put(g.output(), LinearLayer.evaluate(g.map(), share, values.get(g.input()), base));
      }
      case Gate.Multiply g -> values.put(g.output(), multiply(scheduled.index(), g));
      case Gate.Table g -> values.put(g.output(), lookUp(scheduled.index(), g));
      case Gate.Truncate g -> values.put(g.output(), truncateLocally(scheduled.index(), g));
      case Gate.Open _, Gate.PiecewiseLinear _, Gate.ReluTruncate _, Gate.Select _ ->
          throw new IllegalStateException(scheduled.step().node() + " needs a message");
    }
  }

  /** Masked terms of a shared result enter as shares of their values. */
  private long[] combine(Gate.Combine gate) {
    boolean shared = gate.output() instanceof Wire.Shared;
    List<long[]> vectors = new ArrayList<>();
    for (Gate.Combine.Term term : gate.terms()) {
      vectors.add(
          shared && term.wire() instanceof Wire.Masked masked
              ? role().shareOf(values.get(masked), masks.of(masked))
              : values.get(term.wire()));
    }
    boolean addsConstant = !shared || role() == Role.PARTY_0;
    return LocalGates.combine(gate.terms(), vectors, addsConstant ? gate.constant() : 0);
  }

  private long[] multiply(int index, Gate.Multiply gate) {
    long[] product = new long[gate.output().count()];
    for (KeyPlan.Section section : model.plan().sections(index)) {
      long[] secret = keys.shares(section, context(section)).getFirst();
      store(
          product,
          section,
          Multiply.evaluate(
              role(), operand(gate.left(), section), operand(gate.right(), section), secret));
    }
    return product;
  }

  private long[] lookUp(int index, Gate.Table gate) {
    long[] result = new long[gate.output().count()];
    for (KeyPlan.Section section : model.plan().sections(index)) {
      TreeKeys tree = keys.trees(section).getFirst();
      store(
          result,
          section,
          TableLookup.evaluate(
              GateKeyLayouts.parameters(gate),
              context(section),
              tree,
              cut(values.get(gate.input()), section),
              gate.table().entries()));
    }
    return result;
  }

  private long[] truncateLocally(int index, Gate.Truncate gate) {
    long[] result = new long[gate.output().count()];
    for (KeyPlan.Section section : model.plan().sections(index)) {
      PartyContext context = context(section);
      store(
          result,
          section,
          LocalTruncate.evaluate(
              GateKeyLayouts.parameters(gate),
              context,
              keys.trees(section).getFirst(),
              cut(values.get(gate.input()), section),
              keys.shares(section, context).getFirst()));
    }
    return result;
  }

  /** Appends this party's part of the gate's opening. */
  void begin(Schedule.Scheduled scheduled, ByteWriter message) {
    Gate gate = scheduled.step().gate();
    if (gate instanceof Gate.Open open) {
      long[] blinded = masks.of(open.output()).clone();
      long[] share = values.get(open.input());
      for (int i = 0; i < blinded.length; i++) {
        blinded[i] += share[i];
      }
      message.putPacked(blinded, open.output().width());
      return;
    }
    for (KeyPlan.Section section : model.plan().sections(scheduled.index())) {
      message.putPacked(bits(gate, section), BIT);
    }
  }

  private long[] bits(Gate gate, KeyPlan.Section section) {
    PartyContext context = context(section);
    List<TreeKeys> trees = keys.trees(section);
    return switch (gate) {
      case Gate.PiecewiseLinear g ->
          PiecewiseLinear.begin(
              GateKeyLayouts.parameters(g),
              context,
              trees.getFirst(),
              cut(values.get(g.input()), section));
      case Gate.ReluTruncate g ->
          ReluTruncate.begin(
              GateKeyLayouts.parameters(g), context, trees, cut(values.get(g.input()), section));
      case Gate.Select g ->
          Select.begin(
              GateKeyLayouts.parameters(g),
              context,
              trees.getFirst(),
              cut(values.get(g.condition()), section));
      case Gate.Truncate g ->
          Truncate.begin(
              GateKeyLayouts.parameters(g), context, trees, cut(values.get(g.input()), section));
      case Gate.Combine _,
          Gate.Constant _,
          Gate.Gather _,
          Gate.Linear _,
          Gate.Multiply _,
          Gate.Open _,
          Gate.Table _ ->
          throw new IllegalStateException(gate + " opens no bits");
    };
  }

  /** Takes the gate's part of both messages and computes its outputs. */
  void finish(Schedule.Scheduled scheduled, ByteReader mine, ByteReader theirs) {
    Gate gate = scheduled.step().gate();
    if (gate instanceof Gate.Open open) {
      Wire.Masked output = open.output();
      long[] sum = mine.getPacked(output.count(), output.width());
      long[] other = theirs.getPacked(output.count(), output.width());
      for (int i = 0; i < sum.length; i++) {
        sum[i] = output.width().reduce(sum[i] + other[i]);
      }
      values.put(output, sum);
      return;
    }
    List<long[]> results = gate.outputs().stream().map(wire -> new long[wire.count()]).toList();
    for (KeyPlan.Section section : model.plan().sections(scheduled.index())) {
      int bits = section.slice().count() * GateKeyLayouts.messageBits(gate);
      long[] opened = mine.getPacked(bits, BIT);
      long[] other = theirs.getPacked(bits, BIT);
      for (int i = 0; i < bits; i++) {
        opened[i] ^= other[i];
      }
      List<long[]> slices = finish(gate, section, opened);
      for (int j = 0; j < slices.size(); j++) {
        store(results.get(j), section, slices.get(j));
      }
    }
    for (int j = 0; j < results.size(); j++) {
      values.put(gate.outputs().get(j), results.get(j));
    }
  }

  private List<long[]> finish(Gate gate, KeyPlan.Section section, long[] opened) {
    List<long[]> shares = keys.shares(section, context(section));
    return switch (gate) {
      case Gate.PiecewiseLinear g ->
          List.of(
              PiecewiseLinear.finish(
                  GateKeyLayouts.parameters(g),
                  role(),
                  operand(g.input(), section),
                  opened,
                  shares));
      case Gate.ReluTruncate g ->
          List.of(
              ReluTruncate.finish(
                  GateKeyLayouts.parameters(g),
                  role(),
                  cut(values.get(g.input()), section),
                  opened,
                  shares));
      case Gate.Select g -> {
        List<long[]> selected = new ArrayList<>();
        for (int j = 0; j < g.payloads().size(); j++) {
          Multiply.Operand payload = operand(g.payloads().get(j), section);
          selected.add(Select.finish(role(), j, payload, opened, shares));
        }
        yield selected;
      }
      case Gate.Truncate g ->
          List.of(
              Truncate.finish(
                  GateKeyLayouts.parameters(g),
                  role(),
                  cut(values.get(g.input()), section),
                  opened,
                  shares));
      case Gate.Combine _,
          Gate.Constant _,
          Gate.Gather _,
          Gate.Linear _,
          Gate.Multiply _,
          Gate.Open _,
          Gate.Table _ ->
          throw new IllegalStateException(gate + " opens no bits");
    };
  }

  private Multiply.Operand operand(Wire.Masked wire, KeyPlan.Section section) {
    return new Multiply.Operand(cut(values.get(wire), section), cut(masks.of(wire), section));
  }

  private static long[] cut(long[] vector, KeyPlan.Section section) {
    int from = section.slice().from();
    return Arrays.copyOfRange(vector, from, from + section.slice().count());
  }

  private static void store(long[] whole, KeyPlan.Section section, long[] slice) {
    System.arraycopy(slice, 0, whole, section.slice().from(), slice.length);
  }
}
