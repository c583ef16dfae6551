package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import java.util.HashMap;
import java.util.Map;

/**
 * The preconditions of the gates, checked on observed ranges. Observe one or more runs, then {@link
 * #verify}.
 */
public final class RangeCheck implements Plaintext.Observer {

  /**
   * Smallest and largest element of a wire.
   *
   * @param minimum over all runs
   * @param maximum over all runs
   */
  public record Range(long minimum, long maximum) {
    private Range join(Range other) {
      return new Range(Math.min(minimum, other.minimum), Math.max(maximum, other.maximum));
    }
  }

  private final Program program;
  private final Map<Integer, Range> ranges = new HashMap<>();

  /** A check of {@code program}. */
  public RangeCheck(Program program) {
    this.program = program;
  }

  @Override
  public void observe(Wire wire, long minimum, long maximum) {
    ranges.merge(wire.id(), new Range(minimum, maximum), Range::join);
  }

  /**
   * Compares all ranges with what the gates require.
   *
   * @throws RangeException for the first value outside
   */
  public void verify() {
    for (Program.Input input : program.inputs()) {
      Range range = range(input.wire());
      require(
          range.minimum() >= -input.bound() && range.maximum() <= input.bound(),
          "input '" + input.name() + "'",
          range,
          "magnitudes up to " + input.bound());
    }
    for (Program.Step step : program.steps()) {
      verify("node '" + step.node() + "'", step.gate());
    }
    for (Program.Output output : program.outputs()) {
      fits("output '" + output.name() + "'", range(output.wire()), output.wire().width());
    }
  }

  private Range range(Wire wire) {
    Range range = ranges.get(wire.id());
    if (range == null) {
      throw new IllegalStateException("wire " + wire.id() + " was never observed");
    }
    return range;
  }

  private void verify(String where, Gate gate) {
    switch (gate) {
      case Gate.Combine _,
          Gate.Constant _,
          Gate.Gather _,
          Gate.Linear _,
          Gate.Multiply _,
          Gate.Open _,
          Gate.Table _ -> {
        // Exact mod 2^n whatever the values are.
      }
      case Gate.PiecewiseLinear g -> {
        for (Piece piece : g.pieces()) {
          compares(where, range(g.input()), piece.threshold(), g.compareWidth());
        }
      }
      case Gate.ReluTruncate g -> {
        Range x = truncated(where, range(g.input()), g.truncation());
        require(
            x.minimum() > least(g.truncation()), where, x, "more than -2^(b-1) after truncation");
      }
      case Gate.Select g -> compares(where, range(g.condition()), 0, g.compareWidth());
      case Gate.Truncate g -> {
        Range x = truncated(where, range(g.input()), g.truncation());
        require(
            !g.extending() || x.maximum() <= -least(g.truncation()) - 2,
            where,
            x,
            "at most 2^(b-1) - 2 after truncation");
      }
    }
  }

  private static long least(Truncation truncation) {
    return -1L << (truncation.value().bits() - 1);
  }

  private static Range truncated(String where, Range y, Truncation truncation) {
    Range rounded;
    try {
      rounded =
          new Range(
              Math.addExact(y.minimum(), truncation.rounding()),
              Math.addExact(y.maximum(), truncation.rounding()));
    } catch (ArithmeticException e) {
      throw new RangeException(where + ": " + y + " overflows 64 bits when rounded");
    }
    fits(where, rounded, truncation.product());
    return new Range(
        rounded.minimum() >> truncation.shift(), rounded.maximum() >> truncation.shift());
  }

  private static void compares(String where, Range x, long threshold, BitWidth width) {
    // |x - threshold| < 2^(b-1)
    long most = width.mask() >>> 1;
    require(
        isWithin(x.maximum(), threshold, most) && isWithin(x.minimum(), threshold, most),
        where,
        x,
        "less than 2^%d away from %d".formatted(width.bits() - 1, threshold));
  }

  private static boolean isWithin(long x, long threshold, long most) {
    long difference = x - threshold;
    boolean overflows = ((x ^ threshold) & (x ^ difference)) < 0;
    return !overflows && difference <= most && difference >= -most;
  }

  private static void fits(String where, Range range, BitWidth width) {
    require(
        width.toSigned(range.minimum()) == range.minimum()
            && width.toSigned(range.maximum()) == range.maximum(),
        where,
        range,
        "what fits " + width);
  }

  private static void require(boolean holds, String where, Range range, String bound) {
    if (!holds) {
      throw new RangeException(
          "%s has values from %d to %d, outside of what it was compiled for (%s); calibrate with such inputs or compile with a larger width"
              .formatted(where, range.minimum(), range.maximum(), bound));
    }
  }
}
