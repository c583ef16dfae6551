package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of a program. Gates that {@link #exchanges exchange} need a message each way; the others
 * are local. What a gate computes is defined by the class of its name in {@code protocol}, or here
 * where it is local.
 */
public sealed interface Gate
    permits Gate.Combine,
        Gate.Constant,
        Gate.Gather,
        Gate.Linear,
        Gate.Multiply,
        Gate.Open,
        Gate.PiecewiseLinear,
        Gate.ReluTruncate,
        Gate.Select,
        Gate.Table,
        Gate.Truncate {

  /** Wires that it reads. */
  default List<Wire> inputs() {
    return switch (this) {
      case Combine gate -> gate.terms().stream().map(Combine.Term::wire).toList();
      case Constant _ -> List.of();
      case Gather gate -> gate.sources();
      case Linear gate -> List.of(gate.input());
      case Multiply gate -> List.of(gate.left(), gate.right());
      case Open gate -> List.of(gate.input());
      case PiecewiseLinear gate -> List.of(gate.input());
      case ReluTruncate gate -> List.of(gate.input());
      case Select gate -> {
        List<Wire> inputs = new ArrayList<>(gate.payloads());
        inputs.addFirst(gate.condition());
        yield inputs;
      }
      case Table gate -> List.of(gate.input());
      case Truncate gate -> List.of(gate.input());
    };
  }

  /** Wires that it defines. */
  default List<Wire> outputs() {
    return switch (this) {
      case Combine gate -> List.of(gate.output());
      case Constant gate -> List.of(gate.output());
      case Gather gate -> List.of(gate.output());
      case Linear gate -> List.of(gate.output());
      case Multiply gate -> List.of(gate.output());
      case Open gate -> List.of(gate.output());
      case PiecewiseLinear gate -> List.of(gate.output());
      case ReluTruncate gate -> List.of(gate.output());
      case Select gate -> List.copyOf(gate.results());
      case Table gate -> List.of(gate.output());
      case Truncate gate -> List.of(gate.output());
    };
  }

  /** True if the parties exchange a message to compute it. */
  default boolean exchanges() {
    return switch (this) {
      case Combine _, Constant _, Gather _, Linear _, Multiply _, Table _ -> false;
      case Open _, PiecewiseLinear _, ReluTruncate _, Select _ -> true;
      case Truncate gate -> gate.carry() == Carry.OPENED;
    };
  }

  /**
   * out = constant + sum of coefficient times wire, element by element; local. The output is masked
   * only if all terms are; shares may be combined from both kinds.
   *
   * @param terms at least one, all as long as the output and at least as wide
   * @param constant public, added to each element
   * @param output masked or shared
   */
  record Combine(List<Term> terms, long constant, Wire output) implements Gate {
    /**
     * A summand.
     *
     * @param wire what is added
     * @param coefficient public factor
     */
    public record Term(Wire wire, long coefficient) {}

    public Combine {
      terms = List.copyOf(terms);
      require(!terms.isEmpty(), "a combination has at least one term");
      for (Term term : terms) {
        requireSameCount(term.wire(), output);
        requireWidth(term.wire(), output.width());
        require(
            output instanceof Wire.Shared || term.wire() instanceof Wire.Masked,
            "a masked combination has masked terms only");
      }
    }
  }

  /**
   * A weight tensor as a masked wire: a secret constant of the owner. Local.
   *
   * @param weight index of the weight tensor
   * @param output as long and wide as the tensor
   */
  record Constant(int weight, Wire.Masked output) implements Gate {
    @Override
    public List<Wire> inputs() {
      return List.of();
    }
  }

  /**
   * out[i] = sum over the map's terms of the concatenated sources; local. Covers every structural
   * operator, padding with zero, and sums over windows.
   *
   * @param sources all masked or all shared, at least as wide as the output
   * @param map positions in the concatenation of the sources
   * @param output of the same kind as the sources
   */
  record Gather(List<Wire> sources, IndexMap map, Wire output) implements Gate {
    public Gather {
      sources = List.copyOf(sources);
      require(!sources.isEmpty(), "a gather has at least one source");
      int total = 0;
      for (Wire source : sources) {
        total = Math.addExact(total, source.count());
        requireWidth(source, output.width());
        require(
            source.getClass() == output.getClass(),
            "sources and output of a gather are all masked or all shared");
      }
      require(map.largest() < total, "index " + map.largest() + " of " + total + " elements");
      require(
          map.outputCount() == output.count(),
          "map of " + map.outputCount() + " elements for a wire of " + output.count());
    }
  }

  /**
   * A bias: y[i] += B[(i / inner) mod count].
   *
   * @param weight index of the weight tensor
   * @param inner consecutive outputs that share an element
   */
  record Bias(int weight, int inner) {
    public Bias {
      require(inner >= 1, "a bias is shared by at least one output, not " + inner);
    }

    /** Adds the bias {@code values} to {@code outputs}. */
    public void add(long[] values, long[] outputs) {
      for (int start = 0, element = 0; start < outputs.length; element++) {
        long value = values[element % values.length];
        int end = start + Math.min(inner, outputs.length - start);
        for (; start < end; start++) {
          outputs[start] += value;
        }
      }
    }
  }

  /**
   * y = L(W, x) + bias; local, and all but L(W^ - r_W, x^) before the input arrives.
   *
   * @param input masked, at least as wide as the output
   * @param map the bilinear map
   * @param weight index of the weight tensor, as wide as the output
   * @param bias added to the product, if any
   * @param output shares in the product ring
   */
  record Linear(
      Wire.Masked input, LinearMap map, int weight, Optional<Bias> bias, Wire.Shared output)
      implements Gate {
    public Linear {
      requireWidth(input, output.width());
      require(
          map.inputCount() == input.count() && map.outputCount() == output.count(),
          "map %d -> %d between wires of %d and %d elements"
              .formatted(map.inputCount(), map.outputCount(), input.count(), output.count()));
    }
  }

  /**
   * Product of two secrets, element by element; local.
   *
   * @param left masked, at least as wide as the output
   * @param right masked, at least as wide as the output
   * @param output shares in the product ring
   */
  record Multiply(Wire.Masked left, Wire.Masked right, Wire.Shared output) implements Gate {
    public Multiply {
      requireSameCount(left, output);
      requireSameCount(right, output);
      requireWidth(left, output.width());
      requireWidth(right, output.width());
    }
  }

  /**
   * Turns shares into a masked wire under a fresh mask.
   *
   * @param input at least as wide as the output
   * @param output a wire of its own, never reused
   */
  record Open(Wire.Shared input, Wire.Masked output) implements Gate {
    public Open {
      requireSameCount(input, output);
      requireWidth(input, output.width());
    }
  }

  /**
   * z = sum over pieces of slope * max(x - threshold, 0). Exact where |x - threshold| < 2^(b-1) for
   * each threshold.
   *
   * @param input masked, at least as wide as the output
   * @param compareWidth b, at most the output's width
   * @param pieces public, at least one
   * @param output shares
   */
  record PiecewiseLinear(
      Wire.Masked input, BitWidth compareWidth, List<Piece> pieces, Wire.Shared output)
      implements Gate {
    public PiecewiseLinear {
      pieces = List.copyOf(pieces);
      require(!pieces.isEmpty(), "a piecewise linear function has at least one piece");
      require(compareWidth.bits() >= 2, "a comparison has at least 2 bits");
      requireSameCount(input, output);
      requireWidth(input, output.width());
      require(
          compareWidth.bits() <= output.width().bits(),
          "comparison of " + compareWidth + " on a wire of " + output.width());
    }
  }

  /**
   * z = max((y + rho) >> shift, 0), exact for x >= -2^(b-1) + 1.
   *
   * @param input y, masked, at least N = b + f wide
   * @param truncation b, f and rho
   * @param output shares of any width
   */
  record ReluTruncate(Wire.Masked input, Truncation truncation, Wire.Shared output)
      implements Gate {
    public ReluTruncate {
      requireSameCount(input, output);
      requireWidth(input, truncation.product());
    }
  }

  /**
   * z_j = 1{x >= 1} v_j for each payload; ArgMax carries indices with it.
   *
   * @param condition x, masked, |x| < 2^(b-1)
   * @param compareWidth b
   * @param payloads masked, each at least as wide as its output
   * @param results shares, as many as payloads
   */
  record Select(
      Wire.Masked condition,
      BitWidth compareWidth,
      List<Wire.Masked> payloads,
      List<Wire.Shared> results)
      implements Gate {
    public Select {
      payloads = List.copyOf(payloads);
      results = List.copyOf(results);
      requireWidth(condition, compareWidth);
      require(compareWidth.bits() >= 2, "a comparison has at least 2 bits");
      require(
          !payloads.isEmpty() && payloads.size() == results.size(),
          payloads.size() + " payloads and " + results.size() + " results");
      for (int i = 0; i < payloads.size(); i++) {
        requireSameCount(condition, payloads.get(i));
        requireSameCount(payloads.get(i), results.get(i));
        requireWidth(payloads.get(i), results.get(i).width());
      }
    }
  }

  /**
   * z = table[x mod 2^m]; local, with the whole domain evaluated.
   *
   * @param input masked; its low m bits are looked up
   * @param table public, 2^m entries
   * @param output shares
   */
  record Table(Wire.Masked input, LookupTable table, Wire.Shared output) implements Gate {
    public Table {
      requireSameCount(input, output);
      requireWidth(input, table.domain());
    }
  }

  /** How a truncation learns the carry of the dropped bits. */
  enum Carry {
    /** Opened as a masked bit: one more message, a prefix parity per element. */
    OPENED,
    /** Additive shares at once: no message, a larger key. */
    SHARED
  }

  /**
   * z = (y + rho) >> shift, mod 2^n, exact for x <= 2^(b-1) - 2.
   *
   * @param input y, masked, at least N = b + f wide
   * @param truncation b, f >= 1 and rho
   * @param carry {@link Carry#SHARED} only with n <= b
   * @param output shares, n bits
   */
  record Truncate(Wire.Masked input, Truncation truncation, Carry carry, Wire.Shared output)
      implements Gate {
    public Truncate {
      requireSameCount(input, output);
      requireWidth(input, truncation.product());
      require(truncation.shift() >= 1, "a truncation drops at least one bit");
      require(
          carry == Carry.OPENED || !isExtending(truncation, output),
          "a carry that is not opened needs an output of at most " + truncation.value());
    }

    private static boolean isExtending(Truncation truncation, Wire output) {
      return output.width().bits() > truncation.value().bits();
    }

    /** True if the output is wider than the value, which costs a comparison more. */
    public boolean extending() {
      return isExtending(truncation, output);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  private static void requireSameCount(Wire a, Wire b) {
    require(a.count() == b.count(), "wires differ in length: " + a.count() + " and " + b.count());
  }

  private static void requireWidth(Wire wire, BitWidth least) {
    require(
        wire.width().bits() >= least.bits(),
        "wire " + wire.id() + " has " + wire.width() + ", its consumer needs " + least);
  }
}
