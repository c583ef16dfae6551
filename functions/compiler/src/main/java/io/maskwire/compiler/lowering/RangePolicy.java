package io.maskwire.compiler.lowering;

import io.maskwire.crypto.execution.RangeCheck;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the interval of a wire into the range that it gets bits for: the interval itself where it
 * is narrow enough; what calibration saw, with a bit to spare, where that is narrower; else an
 * assumed width. Wires are numbered alike in every lowering of a graph, so that ranges observed on
 * one program serve another.
 *
 * @param scale fractional bits of activations
 * @param assumedBits value width where nothing is known
 * @param observed by wire, if calibrated
 * @param measuring true for a program that is only to be observed: all widths are 64
 */
record RangePolicy(
    int scale, int assumedBits, Map<Integer, RangeCheck.Range> observed, boolean measuring) {

  /** Magnitudes from which an interval proves nothing useful. */
  private static final double LARGEST = 0x1p60;

  /** Calibration sees some inputs; others may have values this much larger. */
  static final double HEADROOM = 2;

  private static final int MEASURED_SCALE_BITS = 62;

  static RangePolicy measuring(int scale) {
    return new RangePolicy(scale, MEASURED_SCALE_BITS - scale, Map.of(), true);
  }

  /** The range of {@code wire}, whose values have {@code valueScale} fractional bits. */
  Range refine(int wire, int valueScale, Range interval) {
    if (measuring) {
      return interval.within(-LARGEST, LARGEST, Certainty.PROVEN);
    }
    Range range = calibrated(wire, valueScale, interval);
    boolean unknown = range.certainty() == Certainty.ASSUMED;
    double assumed =
        Math.scalb(1.0, assumedBits - 1 + valueScale - scale)
            - Math.scalb(2.0, Math.max(0, valueScale - scale));
    if ((unknown && range.magnitude() > assumed) || range.magnitude() > LARGEST) {
      double limit = Math.min(assumed, LARGEST);
      return range.within(-limit, limit, Certainty.ASSUMED);
    }
    return range;
  }

  private Range calibrated(int wire, int valueScale, Range interval) {
    RangeCheck.Range seen = observed.get(wire);
    if (seen == null) {
      return interval;
    }
    double magnitude =
        Math.max(Math.abs((double) seen.minimum()), Math.abs((double) seen.maximum()));
    double bound = Math.max(magnitude, Math.scalb(1.0, valueScale - 4)) * HEADROOM + 2;
    if (interval.magnitude() <= bound) {
      return interval.certainty() == Certainty.ASSUMED
          ? interval.within(-bound, bound, Certainty.CALIBRATED)
          : interval;
    }
    return interval.within(-bound, bound, Certainty.CALIBRATED);
  }

  /** The largest magnitude that calibration saw on {@code wire}. */
  Optional<Double> seen(int wire) {
    return Optional.ofNullable(observed.get(wire))
        .map(
            range ->
                Math.max(Math.abs((double) range.minimum()), Math.abs((double) range.maximum())));
  }

  /** b with magnitude <= 2^(b-1) - 2. */
  static int valueBits(double magnitude) {
    int bits = 2;
    while (bits < Long.SIZE && magnitude > Math.scalb(1.0, bits - 1) - 2) {
      bits++;
    }
    return bits;
  }

  /** b with magnitude < 2^(b-1). */
  static int compareBits(double magnitude) {
    int bits = 2;
    while (bits < Long.SIZE && magnitude >= Math.scalb(1.0, bits - 1)) {
      bits++;
    }
    return bits;
  }
}
