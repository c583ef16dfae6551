package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.Wire;
import java.util.List;

/**
 * Masks of wires along a program: fresh ones are expanded, those of local gates follow from them.
 * The dealer walks with both halves added up, a party with its own.
 */
final class MaskWalk {
  /** Expands masks. */
  interface Source {
    /** The mask of a wire that is opened or enters the program. */
    long[] fresh(Wire.Masked wire);

    /** The mask of weight tensor {@code index}. */
    long[] weight(int index);
  }

  private final Source source;
  private final LiveWires<long[]> masks;

  MaskWalk(Program program, Schedule schedule, Source source) {
    this.source = source;
    masks = new LiveWires<>(program, schedule);
    program.inputs().forEach(input -> masks.put(input.wire(), source.fresh(input.wire())));
  }

  /** The mask of a live wire. */
  long[] of(Wire.Masked wire) {
    return masks.get(wire);
  }

  /** Defines the masks of the gate's masked outputs. */
  void enter(Gate gate) {
    switch (gate) {
      case Gate.Combine g -> {
        if (g.output() instanceof Wire.Masked output) {
          List<long[]> terms = g.terms().stream().map(t -> masks.get(t.wire())).toList();
          masks.put(output, LocalGates.combine(g.terms(), terms, 0));
        }
      }
      case Gate.Constant g -> masks.put(g.output(), source.weight(g.weight()));
      case Gate.Gather g -> {
        if (g.output() instanceof Wire.Masked output) {
          List<long[]> sources = g.sources().stream().map(masks::get).toList();
          masks.put(output, LocalGates.gather(sources, g.map()));
        }
      }
      case Gate.Open g -> masks.put(g.output(), source.fresh(g.output()));
      case Gate.Linear _,
          Gate.Multiply _,
          Gate.PiecewiseLinear _,
          Gate.ReluTruncate _,
          Gate.Select _,
          Gate.Table _,
          Gate.Truncate _ -> {
        // Their outputs are shares, which have no mask.
      }
    }
  }

  /** Drops masks that no step after {@code index} reads. */
  void leave(int index, Gate gate) {
    masks.release(index, gate);
  }
}
