package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.protocol.Multiply;
import io.maskwire.crypto.protocol.PiecewiseLinear;
import io.maskwire.crypto.protocol.Select;
import io.maskwire.crypto.protocol.TableLookup;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * What a program means: its result on clear values, in the same integers as the secure run, which
 * must agree in every bit. Values are signed 64-bit integers that are never reduced, so that their
 * true ranges can be seen; a program that keeps its preconditions has none that overflow.
 */
public final class Plaintext {

  /** Sees the range of every wire, inputs included: for calibration and checks. */
  @FunctionalInterface
  public interface Observer {
    /** The smallest and the largest element of {@code wire}. */
    void observe(Wire wire, long minimum, long maximum);
  }

  private final Program program;
  private final Schedule schedule;
  private final List<RingTensor> weights;

  private Plaintext(Program program, List<RingTensor> weights) {
    this.program = program;
    this.schedule = Schedule.of(program);
    this.weights = List.copyOf(weights);
  }

  /**
   * The outputs of {@code program}, signed, in its order.
   *
   * @param weights the owner's tensors, in the program's order
   * @param inputs encoded, signed, in the program's order
   */
  public static List<RingTensor> evaluate(
      Program program, List<RingTensor> weights, List<RingTensor> inputs, Observer observer) {
    return new Plaintext(program, weights).run(inputs, observer);
  }

  /**
   * As {@link #evaluate(Program, List, List, Observer)}, for inputs that the program was compiled
   * for.
   *
   * @throws RangeException if a value leaves the range in which the secure run is exact
   */
  public static List<RingTensor> evaluate(
      Program program, List<RingTensor> weights, List<RingTensor> inputs) {
    RangeCheck check = new RangeCheck(program);
    List<RingTensor> outputs = evaluate(program, weights, inputs, check);
    check.verify();
    return outputs;
  }

  private List<RingTensor> run(List<RingTensor> inputs, Observer observer) {
    LiveWires<long[]> values = new LiveWires<>(program, schedule);
    for (int i = 0; i < program.inputs().size(); i++) {
      Wire wire = program.inputs().get(i).wire();
      define(values, wire, inputs.get(i).values(), observer);
    }
    for (var group : schedule.groups()) {
      for (Schedule.Scheduled scheduled : group) {
        Gate gate = scheduled.step().gate();
        List<long[]> results = evaluate(gate, values);
        for (int j = 0; j < results.size(); j++) {
          define(values, gate.outputs().get(j), results.get(j), observer);
        }
        values.release(scheduled.index(), gate);
      }
    }
    List<RingTensor> outputs = new ArrayList<>();
    for (Program.Output output : program.outputs()) {
      outputs.add(RingTensor.copyOf(output.shape(), values.get(output.wire())));
    }
    return outputs;
  }

  private static void define(
      LiveWires<long[]> values, Wire wire, long[] vector, Observer observer) {
    long minimum = Long.MAX_VALUE;
    long maximum = Long.MIN_VALUE;
    for (long value : vector) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
    observer.observe(wire, minimum, maximum);
    values.put(wire, vector);
  }

  private List<long[]> evaluate(Gate gate, LiveWires<long[]> values) {
    return switch (gate) {
      case Gate.Combine g -> {
        List<long[]> vectors = g.terms().stream().map(term -> values.get(term.wire())).toList();
        yield List.of(LocalGates.combine(g.terms(), vectors, g.constant()));
      }
      case Gate.Constant g -> List.of(weights.get(g.weight()).values());
      case Gate.Gather g ->
          List.of(LocalGates.gather(g.sources().stream().map(values::get).toList(), g.map()));
      case Gate.Linear g -> List.of(linear(g, values.get(g.input())));
      case Gate.Multiply g -> List.of(Multiply.ideal(values.get(g.left()), values.get(g.right())));
      case Gate.Open g -> List.of(values.get(g.input()));
      case Gate.PiecewiseLinear g -> {
        var parameters =
            new PiecewiseLinear.Parameters(g.compareWidth(), g.pieces(), g.output().width());
        yield each(values.get(g.input()), x -> PiecewiseLinear.ideal(parameters, x));
      }
      case Gate.ReluTruncate g ->
          each(values.get(g.input()), y -> Math.max(g.truncation().apply(y), 0));
      case Gate.Select g -> select(g, values);
      case Gate.Table g ->
          each(values.get(g.input()), x -> TableLookup.ideal(g.table().entries(), x));
      case Gate.Truncate g -> each(values.get(g.input()), g.truncation()::apply);
    };
  }

  private long[] linear(Gate.Linear gate, long[] input) {
    long[] output = gate.map().apply(weights.get(gate.weight()).values(), input);
    gate.bias().ifPresent(bias -> bias.add(weights.get(bias.weight()).values(), output));
    return output;
  }

  private static List<long[]> each(long[] vector, LongUnaryOperator function) {
    return List.of(Arrays.stream(vector).map(function).toArray());
  }

  private static List<long[]> select(Gate.Select gate, LiveWires<long[]> values) {
    long[] condition = values.get(gate.condition());
    List<long[]> results = new ArrayList<>();
    for (Wire.Masked payload : gate.payloads()) {
      long[] selected = values.get(payload).clone();
      for (int i = 0; i < selected.length; i++) {
        selected[i] = Select.ideal(condition[i], selected[i]);
      }
      results.add(selected);
    }
    return results;
  }
}
