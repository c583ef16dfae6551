package io.maskwire.crypto.ring;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * A grouped convolution over one, two or three spatial dimensions (stored as three, leading ones of
 * length 1), zero padded: x is [batch, inputChannels, spatial], W is [outputChannels, inputChannels
 * / groups, kernel], y is [batch, outputChannels, output spatial].
 *
 * @param channels batch, channel and group counts
 * @param input spatial lengths of x
 * @param kernel lengths of the kernel
 * @param window strides, dilations and padding
 */
public record Convolution(Channels channels, Extent input, Extent kernel, Window window)
    implements LinearMap {

  /** Three spatial lengths: depth, height, width. */
  public record Extent(int depth, int height, int width) {
    /**
     * The extent with the last one to three {@code lengths}, missing ones filled with {@code fill}.
     */
    public static Extent of(int fill, int... lengths) {
      if (lengths.length < 1 || lengths.length > 3) {
        throw new IllegalArgumentException(
            "convolutions have 1 to 3 spatial dimensions, not " + Arrays.toString(lengths));
      }
      int n = lengths.length;
      return new Extent(
          n > 2 ? lengths[n - 3] : fill, n > 1 ? lengths[n - 2] : fill, lengths[n - 1]);
    }

    /** Product of the three lengths. */
    public int elements() {
      return ElementCount.of("an extent", depth, height, width);
    }

    private int shortest() {
      return Math.min(depth, Math.min(height, width));
    }
  }

  /**
   * How the kernel slides.
   *
   * @param strides steps between outputs, at least 1
   * @param dilations steps between kernel elements, at least 1
   * @param before zeros before the first element
   * @param after zeros after the last element
   */
  public record Window(Extent strides, Extent dilations, Extent before, Extent after) {
    public Window {
      if (strides.shortest() < 1 || dilations.shortest() < 1) {
        throw new IllegalArgumentException(
            "strides %s and dilations %s must be positive".formatted(strides, dilations));
      }
      if (before.shortest() < 0 || after.shortest() < 0) {
        throw new IllegalArgumentException(
            "a convolution does not crop: padding %s before and %s after".formatted(before, after));
      }
    }
  }

  /**
   * Channel counts.
   *
   * @param batch images in a batch
   * @param input channels of x
   * @param output channels of y
   * @param groups groups that divide both
   */
  public record Channels(int batch, int input, int output, int groups) {
    public Channels {
      if (batch < 1 || groups < 1 || input < 1 || output < 1) {
        throw new IllegalArgumentException(
            "channel counts must be positive: batch %d, input %d, output %d, groups %d"
                .formatted(batch, input, output, groups));
      }
      if (input % groups != 0 || output % groups != 0) {
        throw new IllegalArgumentException(
            "%d input and %d output channels do not divide into %d groups"
                .formatted(input, output, groups));
      }
    }
  }

  public Convolution {
    if (input.shortest() < 1 || kernel.shortest() < 1) {
      throw new IllegalArgumentException(
          "input %s and kernel %s must have positive lengths".formatted(input, kernel));
    }
    Extent output = outputExtent(input, kernel, window);
    if (output.shortest() < 1) {
      throw new IllegalArgumentException(
          "kernel %s does not fit input %s with %s".formatted(kernel, input, window));
    }
    ElementCount.of("an input", channels.batch(), channels.input(), input.elements());
    ElementCount.of("an output", channels.batch(), channels.output(), output.elements());
    ElementCount.of(
        "a kernel", channels.output(), channels.input() / channels.groups(), kernel.elements());
  }

  /** Spatial lengths of y. */
  public Extent output() {
    return outputExtent(input, kernel, window);
  }

  private static Extent outputExtent(Extent input, Extent kernel, Window window) {
    return new Extent(
        length(input, kernel, window, Extent::depth),
        length(input, kernel, window, Extent::height),
        length(input, kernel, window, Extent::width));
  }

  /** One spatial length of y; less than 1 if the kernel does not fit. */
  private static int length(
      Extent input, Extent kernel, Window window, ToIntFunction<Extent> dimension) {
    long padded =
        (long) dimension.applyAsInt(input)
            + dimension.applyAsInt(window.before())
            + dimension.applyAsInt(window.after());
    long reach = (dimension.applyAsInt(kernel) - 1L) * dimension.applyAsInt(window.dilations()) + 1;
    if (padded > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("input %s is too long with %s".formatted(input, window));
    }
    return reach > padded
        ? 0
        : (int) ((padded - reach) / dimension.applyAsInt(window.strides())) + 1;
  }

  @Override
  public int weightCount() {
    return channels.output() * (channels.input() / channels.groups()) * kernel.elements();
  }

  @Override
  public int inputCount() {
    return channels.batch() * channels.input() * input.elements();
  }

  @Override
  public int outputCount() {
    return channels.batch() * channels.output() * output().elements();
  }

  @Override
  public long multiplications() {
    return (long) weightCount() * output().elements() * channels.batch();
  }

  @Override
  public void accumulate(long[] weights, long[] input, long[] output) {
    checkCounts(weights, input, output);
    new ConvolutionKernel(this).accumulate(weights, input, output);
  }
}
