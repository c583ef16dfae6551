package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.Attributes;
import io.maskwire.crypto.ring.Convolution;

/**
 * A transposed convolution as a convolution over its input with zeros between and around the
 * elements.
 */
final class Transposition {
  private final int[] input;
  private final int[] strides;
  private final int[] dilations;
  private final int[] before;
  private final int[] stretched;
  private final int[] output;

  private Transposition(
      int[] input, int[] strides, int[] dilations, int[] before, int[] stretched, int[] output) {
    this.input = input;
    this.strides = strides;
    this.dilations = dilations;
    this.before = before;
    this.stretched = stretched;
    this.output = output;
  }

  /** Spatial lengths. */
  int[] input() {
    return input;
  }

  /** Distance of neighbours among the zeros. */
  int[] strides() {
    return strides;
  }

  /** Of the kernel. */
  int[] dilations() {
    return dilations;
  }

  /** Zeros before the first element, negative to cut. */
  int[] before() {
    return before;
  }

  /** Spatial lengths with zeros. */
  int[] stretched() {
    return stretched;
  }

  /** Spatial lengths of the result. */
  int[] output() {
    return output;
  }

  static Transposition of(Attributes attributes, int[] input, int[] kernel) {
    int rank = input.length;
    int[] strides = attributes.integers("strides", Window.filled(rank, 1));
    int[] dilations = attributes.integers("dilations", Window.filled(rank, 1));
    int[] pads = attributes.integers("pads", new int[2 * rank]).clone();
    int[] extra = attributes.integers("output_padding", new int[rank]);
    int[] wanted = attributes.integers("output_shape");
    String mode = attributes.text("auto_pad", "NOTSET");
    if (strides.length != rank
        || dilations.length != rank
        || pads.length != 2 * rank
        || extra.length != rank) {
      throw new IllegalArgumentException("attributes of another number of dimensions than " + rank);
    }
    int[] before = new int[rank];
    int[] stretched = new int[rank];
    int[] output = new int[rank];
    for (int i = 0; i < rank; i++) {
      if (strides[i] < 1 || dilations[i] < 1) {
        throw new IllegalArgumentException("strides and dilations must be positive");
      }
      int extent = dilations[i] * (kernel[i] - 1) + 1;
      int full = (input[i] - 1) * strides[i] + extent + extra[i];
      if (wanted.length >= rank || mode.startsWith("SAME")) {
        int target =
            wanted.length >= rank ? wanted[wanted.length - rank + i] : input[i] * strides[i];
        int total = Math.max(0, full - target);
        pads[i] = mode.equals("SAME_UPPER") ? total / 2 : total - total / 2;
        pads[rank + i] = total - pads[i];
      }
      output[i] = full - pads[i] - pads[rank + i];
      before[i] = extent - 1 - pads[i];
      stretched[i] = output[i] + extent - 1;
    }
    return new Transposition(input, strides, dilations, before, stretched, output);
  }

  /** Where element {@code i} of the stretched axis comes from, or -1 for zero. */
  int source(int axis, int i) {
    int at = i - before[axis];
    boolean zero = at < 0 || at % strides[axis] != 0 || at / strides[axis] >= input[axis];
    return zero ? -1 : at / strides[axis];
  }

  /** The window of the convolution over the stretched input. */
  Convolution.Window window() {
    Convolution.Extent none = new Convolution.Extent(0, 0, 0);
    return new Convolution.Window(
        new Convolution.Extent(1, 1, 1), Convolution.Extent.of(1, dilations), none, none);
  }
}
