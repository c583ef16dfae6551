package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects gates over wires of 64 bits, which {@link WidthSolver} narrows. */
final class Emitter {
  private static final BitWidth WIDE = BitWidth.MAXIMUM;

  /** Significant bits of a division by a public number. */
  private static final int GAIN_BITS = 14;

  /** Bits dropped at once, at most; more leave too little room for values. */
  private static final int LARGEST_SHIFT = 36;

  private final RangePolicy policy;
  private final int scale;
  private final List<Program.Step> steps = new ArrayList<>();
  private final List<WeightTensor> weights = new ArrayList<>();
  private final List<RingTensor> weightValues = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<Integer, Wire.Masked> opened = new HashMap<>();
  private final Map<Operand, Operand> truncated = new HashMap<>();
  private final Map<Operand, Operand> settled = new HashMap<>();
  private final Map<Wire.Shared, Integer> outputBits = new HashMap<>();
  private int nextWire;

  Emitter(RangePolicy policy) {
    this.policy = policy;
    this.scale = policy.scale();
  }

  List<Program.Step> steps() {
    return steps;
  }

  List<WeightTensor> weights() {
    return weights;
  }

  List<RingTensor> weightValues() {
    return weightValues;
  }

  List<Decision> decisions() {
    return decisions;
  }

  /** Value widths of what is published. */
  Map<Wire.Shared, Integer> outputBits() {
    return outputBits;
  }

  /** Notes an output. */
  void publish(String node, Wire.Shared wire, Range range) {
    int bits = policy.measuring() ? Long.SIZE : RangePolicy.valueBits(range.magnitude());
    decide(node, bits, range, policy.seen(wire.id()));
    outputBits.put(wire, bits);
  }

  /** Fractional bits of activations. */
  int scale() {
    return scale;
  }

  Wire.Masked masked(int count) {
    return new Wire.Masked(nextWire++, count, WIDE);
  }

  Wire.Shared shared(int count) {
    return new Wire.Shared(nextWire++, count, WIDE);
  }

  /** A wire of the same kind as {@code like}. */
  Wire like(Wire like, int count) {
    return like instanceof Wire.Masked ? masked(count) : shared(count);
  }

  void add(String node, Gate gate) {
    steps.add(new Program.Step(node, gate));
  }

  /** The range that {@code wire} gets bits for. */
  Range refine(Wire wire, int wireScale, Range interval) {
    return policy.refine(wire.id(), wireScale, interval);
  }

  /** Adds a tensor of the owner. */
  int addWeight(String name, FloatTensor values, double factor, int weightScale) {
    long[] encoded = new long[values.values().length];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = FixedPoint.encode(values.get(i) * factor, weightScale);
    }
    weights.add(new WeightTensor(name, encoded.length, WIDE, weightScale));
    weightValues.add(RingTensor.takeOwnershipOf(Shape.of(encoded.length), encoded));
    return weights.size() - 1;
  }

  /** The wire of {@code operand} as a masked one; opened once, however many read it. */
  Wire.Masked open(Operand operand) {
    return switch (operand.wire()) {
      case Wire.Masked masked -> masked;
      case Wire.Shared shared ->
          opened.computeIfAbsent(shared.id(), _ -> open(operand.node(), shared));
    };
  }

  private Wire.Masked open(String node, Wire.Shared shared) {
    Wire.Masked masked = masked(shared.count());
    add(node, new Gate.Open(shared, masked));
    return masked;
  }

  /** {@code operand} on a masked wire if there is one already. */
  Operand preferMasked(Operand operand) {
    Wire.Masked masked = opened.get(operand.wire().id());
    return masked == null ? operand : operand.with(masked, operand.range());
  }

  /** {@code operand} with a gain of 1. */
  Operand settle(Operand operand) {
    if (operand.gain() == 1) {
      return operand;
    }
    Operand known = settled.get(operand);
    if (known == null) {
      int bits = GAIN_BITS - Math.getExponent(operand.gain());
      long factor = FixedPoint.encode(operand.gain(), bits);
      boolean tooWide = operand.scale() - scale + bits > LARGEST_SHIFT;
      known = multiply(tooWide ? cut(operand) : operand, factor, bits);
      settled.put(operand, known);
    }
    return known;
  }

  /** {@code operand} times factor / 2^bits; local. */
  private Operand multiply(Operand operand, long factor, int bits) {
    Operand source = preferMasked(operand);
    Wire output = like(source.wire(), source.count());
    add(
        operand.node(),
        new Gate.Combine(List.of(new Gate.Combine.Term(source.wire(), factor)), 0, output));
    int newScale = operand.scale() + bits;
    Range range = refine(output, newScale, operand.range().times(factor));
    double typical = Math.max(1, operand.typical() * operand.gain());
    return new Operand(operand.node(), output, newScale, 1, range, typical);
  }

  /** {@code operand} with {@code more} fractional bits; local. */
  Operand rescale(Operand operand, int more) {
    return more == 0
        ? operand
        : new Operand(
            operand.node(),
            multiply(operand, 1L << more, 0).wire(),
            operand.scale() + more,
            operand.gain(),
            operand.range().times(Math.scalb(1.0, more)),
            operand.typical());
  }

  /** {@code operand} at the scale of activations, without a gain; shares if it had to be cut. */
  Operand truncate(Operand operand) {
    Operand source = settle(operand);
    return source.scale() <= scale ? rescale(source, scale - source.scale()) : cut(source);
  }

  /** {@code source} at the scale of activations, with the gain that it has. */
  Operand cut(Operand source) {
    Operand known = truncated.get(source);
    if (known == null) {
      int shift = source.scale() - scale;
      Wire.Masked input = open(source);
      Wire.Shared output = shared(source.count());
      Range range = refine(output, scale, source.range().shifted(shift));
      Truncation truncation = truncation(source.node(), shift, input, range);
      add(source.node(), new Gate.Truncate(input, truncation, Gate.Carry.OPENED, output));
      known = new Operand(source.node(), output, scale, source.gain(), range, source.typical());
      truncated.put(source, known);
    }
    return known;
  }

  /** The widths of a truncation of {@code input} whose results are in {@code range}. */
  Truncation truncation(String node, int shift, Wire input, Range range) {
    int bits =
        policy.measuring()
            ? Long.SIZE - shift
            : Math.min(RangePolicy.valueBits(range.magnitude()), Long.SIZE - shift);
    decide(node, bits, range, policy.seen(input.id()).map(seen -> Math.scalb(seen, -shift)));
    return new Truncation(BitWidth.of(bits), shift, true);
  }

  /** The width of a comparison of values whose distance from a threshold is in {@code range}. */
  BitWidth comparison(String node, Wire wire, Range range) {
    int bits = policy.measuring() ? Long.SIZE : RangePolicy.compareBits(range.magnitude());
    decide(node, bits, range, policy.seen(wire.id()));
    return BitWidth.of(bits);
  }

  private void decide(String node, int bits, Range range, Optional<Double> seen) {
    decisions.add(new Decision(node, bits, range.certainty(), seen));
  }
}
