package io.maskwire.compiler;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a user may choose.
 *
 * @param scale fractional bits of activations
 * @param width value width b where neither proof nor calibration gives one
 * @param reveal who may unmask the outputs
 * @param inputBound largest magnitude of an input; if absent, twice what calibration inputs have,
 *     or {@link #DEFAULT_INPUT_BOUND}
 * @param calibration inputs of typical runs, in the model's order
 */
public record CompilerOptions(
    int scale,
    int width,
    Program.Reveal reveal,
    OptionalDouble inputBound,
    List<List<FloatTensor>> calibration) {

  /** Fractional bits: errors of rounding an activation stay below 2^-13. */
  public static final int DEFAULT_SCALE = 12;

  /** At the default scale, magnitudes up to 32768. */
  public static final int DEFAULT_WIDTH = 28;

  /** Holds for images in [0, 1] and for normalised inputs up to eight standard deviations. */
  public static final double DEFAULT_INPUT_BOUND = 8;

  public CompilerOptions {
    calibration = calibration.stream().map(List::copyOf).toList();
    if (scale < 4 || scale > 20) {
      throw new IllegalArgumentException("a scale is from 4 to 20 bits, not " + scale);
    }
    if (width < scale + 4 || width > 48) {
      throw new IllegalArgumentException(
          "a width is from scale + 4 to 48 bits, not %d at scale %d".formatted(width, scale));
    }
    if (inputBound.isPresent()
        && !(inputBound.getAsDouble() > 0 && inputBound.getAsDouble() <= 1 << 20)) {
      throw new IllegalArgumentException(
          "an input bound is positive and at most 2^20, not " + inputBound.getAsDouble());
    }
  }

  /** No calibration, revealed to the user. */
  public static CompilerOptions defaults() {
    return new CompilerOptions(
        DEFAULT_SCALE, DEFAULT_WIDTH, Program.Reveal.USER, OptionalDouble.empty(), List.of());
  }

  /** The same with these calibration inputs. */
  public CompilerOptions withCalibration(List<List<FloatTensor>> inputs) {
    return new CompilerOptions(scale, width, reveal, inputBound, inputs);
  }

  /** The same with this input bound. */
  public CompilerOptions withInputBound(double bound) {
    return new CompilerOptions(scale, width, reveal, OptionalDouble.of(bound), calibration);
  }

  /** The same for outputs that {@code who} may unmask. */
  public CompilerOptions withReveal(Program.Reveal who) {
    return new CompilerOptions(scale, width, who, inputBound, calibration);
  }

  /** The bound that the program is compiled for. */
  double effectiveInputBound() {
    if (inputBound.isPresent()) {
      return inputBound.getAsDouble();
    }
    double largest = 0;
    for (List<FloatTensor> inputs : calibration) {
      for (FloatTensor input : inputs) {
        for (float value : input.values()) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
    }
    return calibration.isEmpty() ? DEFAULT_INPUT_BOUND : Math.max(2 * largest, 0x1p-4);
  }
}
