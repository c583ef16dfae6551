package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import java.util.HashMap;
import java.util.Locale;
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
      require(range(input.wire()), -input.bound(), input.bound())
          .orThrow("input '" + input.name() + "'", input.scale());
    }
    for (Program.Step step : program.steps()) {
      verify("node '" + step.node() + "'", step.gate());
    }
    for (Program.Output output : program.outputs()) {
      fits(range(output.wire()), output.wire().width())
          .orThrow("output '" + output.name() + "'", output.scale());
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
          compares(range(g.input()), piece.threshold(), g.compareWidth()).orThrow(where);
        }
      }
      case Gate.ReluTruncate g -> {
        Range x = truncated(where, range(g.input()), g.truncation());
        require(x, least(g.truncation()) + 1, Long.MAX_VALUE).orThrow(where);
      }
      case Gate.Select g -> compares(range(g.condition()), 0, g.compareWidth()).orThrow(where);
      case Gate.Truncate g -> {
        Range x = truncated(where, range(g.input()), g.truncation());
        if (g.extending()) {
          require(x, Long.MIN_VALUE, -least(g.truncation()) - 2).orThrow(where);
        }
      }
    }
  }

  private static long least(Truncation truncation) {
    return -1L << (truncation.value().bits() - 1);
  }

  private static Range truncated(String where, Range y, Truncation truncation) {
    long most = truncation.product().mask() >>> 1;
    long rounding = truncation.rounding();
    // What is rounded must fit; of 64 bits, rounding up cannot leave the lower end.
    long least = most == Long.MAX_VALUE ? Long.MIN_VALUE : -most - 1 - rounding;
    require(y, least, most - rounding).orThrow(where);
    return new Range(
        (y.minimum() + rounding) >> truncation.shift(),
        (y.maximum() + rounding) >> truncation.shift());
  }

  /** |x - threshold| < 2^(b-1) */
  private static Verdict compares(Range x, long threshold, BitWidth width) {
    long most = width.mask() >>> 1;
    boolean holds =
        isWithin(x.maximum(), threshold, most) && isWithin(x.minimum(), threshold, most);
    return new Verdict(
        holds, (double) x.minimum() - threshold, (double) x.maximum() - threshold, most);
  }

  private static boolean isWithin(long x, long threshold, long most) {
    long difference = x - threshold;
    boolean overflows = ((x ^ threshold) & (x ^ difference)) < 0;
    return !overflows && difference <= most && difference >= -most;
  }

  private static Verdict fits(Range range, BitWidth width) {
    long most = width.mask() >>> 1;
    return require(range, -most - 1, most);
  }

  private static Verdict require(Range range, long least, long most) {
    boolean holds = range.minimum() >= least && range.maximum() <= most;
    double magnitude = Math.min(most, -(double) least);
    return new Verdict(holds, range.minimum(), range.maximum(), magnitude);
  }

  /**
   * What came of a comparison of a range with a bound.
   *
   * @param holds whether it is inside
   * @param minimum of the range
   * @param maximum of the range
   * @param magnitude that was allowed
   */
  private record Verdict(boolean holds, double minimum, double maximum, double magnitude) {
    private static final String REMEDY =
        "; calibrate with such inputs (--calibrate), or compile with a larger --width";

    /** Of values whose scale is not known here, in units of what was allowed. */
    void orThrow(String where) {
      if (!holds) {
        throw new RangeException(
            String.format(
                Locale.ROOT,
                "%s has values from %.5g to %.5g times the largest that it was compiled for%s",
                where,
                minimum / magnitude,
                maximum / magnitude,
                REMEDY));
      }
    }

    void orThrow(String where, int scale) {
      if (!holds) {
        throw new RangeException(
            "%s has values from %s to %s; it was compiled for magnitudes up to %s%s"
                .formatted(
                    where,
                    Math.scalb(minimum, -scale),
                    Math.scalb(maximum, -scale),
                    Math.scalb(magnitude, -scale),
                    REMEDY));
      }
    }
  }
}
