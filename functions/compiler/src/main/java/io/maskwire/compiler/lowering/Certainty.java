package io.maskwire.compiler.lowering;

/** Why a range holds, from best to worst. */
public enum Certainty {
  /** By interval arithmetic, for every input within the stated bound. */
  PROVEN,
  /** Observed on calibration inputs, with headroom. */
  CALIBRATED,
  /** Neither: a width was assumed. */
  ASSUMED;

  /** Of a value that depends on both. */
  Certainty and(Certainty other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
