package io.maskwire.compiler.lowering;

import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.execution.RangeCheck;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lowers a graph: once, if ranges are to be proven or assumed; twice, if there are calibration
 * inputs, first with all widths 64 to observe the ranges, then with the widths that these need.
 *
 * @param scale fractional bits of activations
 * @param assumedBits value width where nothing is known
 * @param bound largest magnitude of an input
 */
public record Lowerer(int scale, int assumedBits, double bound) {

  /** The program of {@code graph} for the ranges seen on {@code calibration}. */
  public Lowered lower(Graph graph, Program.Reveal reveal, List<List<FloatTensor>> calibration) {
    Map<Integer, RangeCheck.Range> observed = new HashMap<>();
    if (!calibration.isEmpty()) {
      Lowered wide = new Lowering(RangePolicy.measuring(scale)).lower(graph, reveal, bound);
      for (List<FloatTensor> inputs : calibration) {
        observe(wide, inputs, observed);
      }
    }
    RangePolicy policy = new RangePolicy(scale, assumedBits, observed, false);
    return new Lowering(policy).lower(graph, reveal, bound);
  }

  private static void observe(
      Lowered wide, List<FloatTensor> inputs, Map<Integer, RangeCheck.Range> observed) {
    List<RingTensor> encoded = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Program.Input input = wide.program().inputs().get(i);
      encoded.add(FixedPoint.encode(inputs.get(i), input.scale(), input.bound()));
    }
    Plaintext.evaluate(
        wide.program(),
        wide.weights(),
        encoded,
        (wire, minimum, maximum) -> merge(observed, wire, minimum, maximum));
  }

  private static void merge(
      Map<Integer, RangeCheck.Range> observed, Wire wire, long minimum, long maximum) {
    observed.merge(
        wire.id(),
        new RangeCheck.Range(minimum, maximum),
        (a, b) ->
            new RangeCheck.Range(
                Math.min(a.minimum(), b.minimum()), Math.max(a.maximum(), b.maximum())));
  }
}
