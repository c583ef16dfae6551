package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.FloatTensor;

/**
 * How many fractional bits the weights of a layer get. Rounding weights adds an error of about
 * sqrt(fan-in) * typical input * 2^-scale / 3.5 to an output; it should not exceed that of rounding
 * the output itself. Weights that are small throughout keep some ten significant bits.
 */
final class WeightScale {
  private static final int LARGEST = 26;
  private static final int SIGNIFICANT_BITS = 9;

  private WeightScale() {}

  static int choose(Operator.Linear layer, Operand x, int fanIn, int scale) {
    FloatTensor weights = layer.weights();
    double gain = x.gain();
    double typical = x.typical() / gain;
    double largest = largest(weights, gain);
    if (largest == 0) {
      return 0;
    }
    double noise = Math.log(Math.sqrt(fanIn) * typical) / Math.log(2);
    int bits = scale - 2 + (int) Math.ceil(noise);
    int significant = SIGNIFICANT_BITS - Math.getExponent(largest);
    int chosen = Math.clamp(Math.max(bits, significant), 0, LARGEST);
    double summand = layer.bias().map(bias -> largest(bias.values(), 1)).orElse(0.0);
    int room = Long.SIZE - 4 - x.scale() - Math.getExponent(Math.max(largest, summand));
    chosen = Math.min(chosen, Math.max(0, room));
    return Math.max(0, chosen - commonZeros(weights, gain, chosen));
  }

  private static double largest(FloatTensor values, double gain) {
    double largest = 0;
    for (float value : values.values()) {
      largest = Math.max(largest, Math.abs(value * gain));
    }
    return largest;
  }

  /** Low bits that are zero in all encoded weights: whole numbers need no fraction. */
  private static int commonZeros(FloatTensor weights, double gain, int bits) {
    long all = 0;
    for (float weight : weights.values()) {
      all |= (long) Math.floor(Math.scalb(weight * gain, bits) + 0.5);
    }
    return all == 0 ? bits : Math.min(bits, Long.numberOfTrailingZeros(all));
  }

  /** How much larger outputs typically are than inputs: the mean length of a row. */
  static double growth(FloatTensor weights, int rows) {
    double squares = 0;
    for (float weight : weights.values()) {
      squares += (double) weight * weight;
    }
    return Math.sqrt(squares / rows);
  }
}
