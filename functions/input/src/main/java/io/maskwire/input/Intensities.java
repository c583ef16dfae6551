package io.maskwire.input;

import java.util.List;

/**
 * The arithmetic on values: clip, scale, normalize, then minus mean, over std. Doubles throughout;
 * sums run over the array from first to last.
 */
final class Intensities {
  private final String name;
  private final Preprocess.Intensity intensity;

  Intensities(String name, Preprocess.Intensity intensity) {
    this.name = name;
    this.intensity = intensity;
  }

  /**
   * Applies all steps to {@code values}, whose innermost axis is {@code channels} long.
   *
   * @param scale the factor where none is declared
   */
  double[] apply(double[] values, int channels, Preprocess.Ratio scale) {
    double[] result = values.clone();
    intensity.clip().ifPresent(range -> clip(result, range));
    Preprocess.Ratio ratio = intensity.scale().orElse(scale);
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] * ratio.numerator() / ratio.denominator();
    }
    switch (intensity.normalize()) {
      case MINMAX -> minmax(result);
      case NONE -> {}
      case ZSCORE -> zscore(result, false);
      case ZSCORE_NONZERO -> zscore(result, true);
    }
    double[] mean = perChannel("mean", intensity.mean(), channels);
    double[] std = perChannel("std", intensity.std(), channels);
    for (int i = 0; i < result.length; i++) {
      result[i] = (result[i] - mean[i % channels]) / std[i % channels];
    }
    return result;
  }

  private static void clip(double[] values, Preprocess.Range range) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(Math.max(values[i], range.low()), range.high());
    }
  }

  private void minmax(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (!(low < high)) {
      throw constant(low);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - low) / (high - low);
    }
  }

  /** Mean, then the population variance in a second pass. */
  private void zscore(double[] values, boolean nonzeroOnly) {
    long count = 0;
    double sum = 0;
    for (double value : values) {
      if (!nonzeroOnly || value != 0) {
        sum += value;
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : values) {
      if (!nonzeroOnly || value != 0) {
        squares += (value - mean) * (value - mean);
      }
    }
    double deviation = Math.sqrt(squares / count);
    // Written so that NaN, the result of a count of zero, is refused too.
    if (!(deviation > 0)) {
      throw constant(count == 0 ? 0 : mean);
    }
    for (int i = 0; i < values.length; i++) {
      if (!nonzeroOnly || values[i] != 0) {
        values[i] = (values[i] - mean) / deviation;
      }
    }
  }

  private InputException constant(double value) {
    return new InputException(
        name, "every value is " + value + ", so it cannot be normalized; is this the right file?");
  }

  private double[] perChannel(String key, List<Double> declared, int channels) {
    if (declared.size() != 1 && declared.size() != channels) {
      throw new InputException(
          name,
          "'"
              + key
              + "' in preprocess.yaml has "
              + declared.size()
              + " values, the input has "
              + channels
              + " channels");
    }
    double[] values = new double[channels];
    for (int i = 0; i < channels; i++) {
      values[i] = declared.get(declared.size() == 1 ? 0 : i);
    }
    return values;
  }
}
