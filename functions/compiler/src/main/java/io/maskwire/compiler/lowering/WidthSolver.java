package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Narrows wires, last to first: a wire is as wide as the widest of its consumers needs. Gates that
 * nothing depends on are left out.
 */
final class WidthSolver {
  /** A shared carry saves a round and costs some 150 bytes of keys an element. */
  private static final int MOST_SHARED_CARRIES = 1 << 14;

  private final Map<Integer, Integer> widths = new HashMap<>();
  private final List<Program.Step> steps;
  private final WeightTable weights;

  WidthSolver(List<Program.Step> steps, WeightTable weights) {
    this.steps = steps;
    this.weights = weights;
  }

  /** The steps that outputs depend on, narrowed. */
  List<Program.Step> solve(Map<Wire.Shared, Integer> outputBits) {
    outputBits.forEach(this::demand);
    List<Program.Step> needed = new ArrayList<>();
    for (Program.Step step : steps.reversed()) {
      if (step.gate().outputs().stream().anyMatch(wire -> widths.containsKey(wire.id()))) {
        propagate(step.gate());
        needed.addFirst(step);
      }
    }
    return needed.stream().map(step -> new Program.Step(step.node(), narrow(step.gate()))).toList();
  }

  private void demand(Wire wire, int bits) {
    widths.merge(wire.id(), bits, Math::max);
  }

  private int bits(Wire wire) {
    return widths.getOrDefault(wire.id(), 2);
  }

  private BitWidth width(Wire wire) {
    return BitWidth.of(bits(wire));
  }

  private void propagate(Gate gate) {
    switch (gate) {
      case Gate.Combine g -> g.terms().forEach(term -> demand(term.wire(), bits(g.output())));
      case Gate.Constant g -> demand(g.output(), weights.signedBits(g.weight()));
      case Gate.Gather g -> g.sources().forEach(source -> demand(source, bits(g.output())));
      case Gate.Linear g -> {
        demand(g.output(), weights.signedBits(g.weight()));
        g.bias().ifPresent(b -> demand(g.output(), weights.signedBits(b.weight())));
        demand(g.input(), bits(g.output()));
      }
      case Gate.Multiply g -> {
        demand(g.left(), bits(g.output()));
        demand(g.right(), bits(g.output()));
      }
      case Gate.Open g -> demand(g.input(), bits(g.output()));
      case Gate.PiecewiseLinear g -> {
        demand(g.output(), g.compareWidth().bits());
        demand(g.input(), bits(g.output()));
      }
      case Gate.ReluTruncate g -> demand(g.input(), g.truncation().product().bits());
      case Gate.Select g -> {
        demand(g.condition(), g.compareWidth().bits());
        for (int i = 0; i < g.payloads().size(); i++) {
          demand(g.payloads().get(i), bits(g.results().get(i)));
        }
      }
      case Gate.Table g -> demand(g.input(), g.table().domain().bits());
      case Gate.Truncate g -> demand(g.input(), g.truncation().product().bits());
    }
  }

  private Gate narrow(Gate gate) {
    return switch (gate) {
      case Gate.Combine g ->
          new Gate.Combine(
              g.terms().stream()
                  .map(term -> new Gate.Combine.Term(narrow(term.wire()), term.coefficient()))
                  .toList(),
              g.constant(),
              narrow(g.output()));
      case Gate.Constant g ->
          new Gate.Constant(weights.use(g.weight(), width(g.output())), narrow(g.output()));
      case Gate.Gather g ->
          new Gate.Gather(
              g.sources().stream().map(this::narrow).toList(), g.map(), narrow(g.output()));
      case Gate.Linear g -> narrow(g);
      case Gate.Multiply g ->
          new Gate.Multiply(narrow(g.left()), narrow(g.right()), narrow(g.output()));
      case Gate.Open g -> new Gate.Open(narrow(g.input()), narrow(g.output()));
      case Gate.PiecewiseLinear g ->
          new Gate.PiecewiseLinear(
              narrow(g.input()), g.compareWidth(), g.pieces(), narrow(g.output()));
      case Gate.ReluTruncate g ->
          new Gate.ReluTruncate(narrow(g.input()), g.truncation(), narrow(g.output()));
      case Gate.Select g ->
          new Gate.Select(
              narrow(g.condition()),
              g.compareWidth(),
              g.payloads().stream().map(this::narrow).toList(),
              g.results().stream().map(this::narrow).toList());
      case Gate.Table g -> new Gate.Table(narrow(g.input()), g.table(), narrow(g.output()));
      case Gate.Truncate g ->
          new Gate.Truncate(
              narrow(g.input()),
              g.truncation(),
              carry(g.truncation(), g.output()),
              narrow(g.output()));
    };
  }

  private Gate.Linear narrow(Gate.Linear gate) {
    BitWidth product = width(gate.output());
    int weight = weights.use(gate.weight(), product);
    return new Gate.Linear(
        narrow(gate.input()),
        gate.map(),
        weight,
        gate.bias().map(b -> new Gate.Bias(weights.use(b.weight(), product), b.inner())),
        narrow(gate.output()));
  }

  private Gate.Carry carry(Truncation truncation, Wire output) {
    boolean shared =
        bits(output) <= truncation.value().bits() && output.count() <= MOST_SHARED_CARRIES;
    return shared ? Gate.Carry.SHARED : Gate.Carry.OPENED;
  }

  private Wire narrow(Wire wire) {
    return switch (wire) {
      case Wire.Masked masked -> narrow(masked);
      case Wire.Shared shared -> narrow(shared);
    };
  }

  Program.Input narrow(Program.Input input) {
    return new Program.Input(
        input.name(), input.shape(), input.scale(), input.bound(), narrow(input.wire()));
  }

  Program.Output narrow(Program.Output output) {
    return new Program.Output(
        output.name(),
        output.shape(),
        output.scale(),
        output.finish(),
        output.axis(),
        narrow(output.wire()));
  }

  private Wire.Masked narrow(Wire.Masked wire) {
    return new Wire.Masked(wire.id(), wire.count(), width(wire));
  }

  private Wire.Shared narrow(Wire.Shared wire) {
    return new Wire.Shared(wire.id(), wire.count(), width(wire));
  }
}
