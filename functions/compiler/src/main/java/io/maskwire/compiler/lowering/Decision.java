package io.maskwire.compiler.lowering;

import java.util.Optional;

/**
 * A width that was chosen from a range.
 *
 * @param node where
 * @param bits of the value
 * @param certainty why they are enough
 * @param seen largest magnitude in calibration
 */
public record Decision(String node, int bits, Certainty certainty, Optional<Double> seen) {

  /** Bits that calibration inputs left unused. */
  public Optional<Integer> spareBits() {
    return seen.map(magnitude -> bits - RangePolicy.valueBits(magnitude));
  }
}
