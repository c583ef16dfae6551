package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.RingTensor;
import java.util.List;

/**
 * A program and what it needs.
 *
 * @param program what the parties run
 * @param weights encoded, signed, in the program's order
 * @param decisions widths that were chosen, and why they are enough
 */
public record Lowered(Program program, List<RingTensor> weights, List<Decision> decisions) {
  public Lowered {
    weights = List.copyOf(weights);
    decisions = List.copyOf(decisions);
  }
}
