package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.Attributes;
import io.maskwire.crypto.ring.Convolution;
import java.util.Arrays;

/**
 * A window that slides over the spatial dimensions of a tensor, as convolutions and pools declare
 * it.
 */
final class Window {
  private final int[] input;
  private final int[] kernel;
  private final int[] strides;
  private final int[] dilations;
  private final int[] before;
  private final int[] after;
  private final int[] output;

  private Window(
      int[] input,
      int[] kernel,
      int[] strides,
      int[] dilations,
      int[] before,
      int[] after,
      int[] output) {
    this.input = input;
    this.kernel = kernel;
    this.strides = strides;
    this.dilations = dilations;
    this.before = before;
    this.after = after;
    this.output = output;
  }

  /** Spatial lengths. */
  int[] input() {
    return input;
  }

  /** Lengths of the window. */
  int[] kernel() {
    return kernel;
  }

  /** Steps between outputs. */
  int[] strides() {
    return strides;
  }

  /** Steps within the window. */
  int[] dilations() {
    return dilations;
  }

  /** Padding before the first element. */
  int[] before() {
    return before;
  }

  /** Padding after the last element. */
  int[] after() {
    return after;
  }

  /** Spatial lengths of the result. */
  int[] output() {
    return output;
  }

  /** Reads the attributes of a convolution or pool over {@code input}. */
  static Window of(Attributes attributes, int[] input, int[] kernel) {
    int rank = input.length;
    int[] strides = attributes.integers("strides", filled(rank, 1));
    int[] dilations = attributes.integers("dilations", filled(rank, 1));
    int[] pads = attributes.integers("pads", new int[2 * rank]);
    if (kernel.length != rank
        || strides.length != rank
        || dilations.length != rank
        || pads.length != 2 * rank) {
      throw new IllegalArgumentException(
          "window of %d dimensions, %d strides, %d pads over %d dimensions"
              .formatted(kernel.length, strides.length, pads.length, rank));
    }
    for (int i = 0; i < rank; i++) {
      if (kernel[i] < 1
          || strides[i] < 1
          || dilations[i] < 1
          || pads[i] < 0
          || pads[i + rank] < 0) {
        throw new IllegalArgumentException("window sizes must be positive and pads not negative");
      }
    }
    String mode = attributes.text("auto_pad", "NOTSET");
    if (!mode.equals("NOTSET")) {
      pads = autoPad(mode, input, extents(kernel, dilations), strides);
    }
    int[] before = Arrays.copyOf(pads, rank);
    int[] after = Arrays.copyOfRange(pads, rank, 2 * rank);
    boolean ceil = attributes.integer("ceil_mode", 0) != 0;
    boolean disputed = ceil && mode.equals("VALID");
    int[] output = new int[rank];
    for (int i = 0; i < rank; i++) {
      int extent = (kernel[i] - 1) * dilations[i] + 1;
      int reach = input[i] + before[i];
      output[i] = length(reach, after[i], extent, strides[i], ceil);
      if (disputed && output[i] != length(reach, after[i], extent, strides[i], false)) {
        // the standard's text rounds down here, its shape inference up
        throw new UnsupportedNodeException("auto_pad VALID with ceil_mode; give pads instead");
      }
    }
    return new Window(input, kernel, strides, dilations, before, after, output);
  }

  private static int length(int reach, int after, int extent, int stride, boolean ceil) {
    int room = reach + after - extent;
    if (room < 0) {
      throw new UnsupportedNodeException(
          "a tensor without elements: a window of %d does not fit %d elements"
              .formatted(extent, reach + after));
    }
    int length = (ceil ? Math.ceilDiv(room, stride) : room / stride) + 1;
    // a window that starts in the padding after the last element is left out
    return ceil && (length - 1) * stride >= reach ? length - 1 : length;
  }

  private static int[] extents(int[] kernel, int[] dilations) {
    int[] extents = new int[kernel.length];
    Arrays.setAll(extents, i -> (kernel[i] - 1) * dilations[i] + 1);
    return extents;
  }

  private static int[] autoPad(String mode, int[] input, int[] extents, int[] strides) {
    int rank = input.length;
    int[] pads = new int[2 * rank];
    switch (mode) {
      case "SAME_UPPER", "SAME_LOWER" -> {}
      case "VALID" -> {
        return pads;
      }
      default -> throw new IllegalArgumentException("auto_pad '" + mode + "'");
    }
    for (int i = 0; i < rank; i++) {
      int output = Math.ceilDiv(input[i], strides[i]);
      int total = Math.max(0, (output - 1) * strides[i] + extents[i] - input[i]);
      pads[i] = mode.equals("SAME_LOWER") ? total - total / 2 : total / 2;
      pads[rank + i] = total - pads[i];
    }
    return pads;
  }

  static int[] filled(int count, int value) {
    int[] filled = new int[count];
    Arrays.fill(filled, value);
    return filled;
  }

  /** The part of the window along {@code axis}, over images of {@code lengths}. */
  Window along(int axis, int[] lengths) {
    int rank = lengths.length;
    int[] result = lengths.clone();
    result[axis] = output[axis];
    return new Window(
        lengths,
        only(axis, kernel[axis], filled(rank, 1)),
        only(axis, strides[axis], filled(rank, 1)),
        only(axis, dilations[axis], filled(rank, 1)),
        only(axis, before[axis], new int[rank]),
        only(axis, after[axis], new int[rank]),
        result);
  }

  private static int[] only(int axis, int value, int[] others) {
    others[axis] = value;
    return others;
  }

  /** As the ring kernel takes it. */
  Convolution.Window toConvolution() {
    return new Convolution.Window(
        Convolution.Extent.of(1, strides),
        Convolution.Extent.of(1, dilations),
        Convolution.Extent.of(0, before),
        Convolution.Extent.of(0, after));
  }

  /** {@link #offset} of an element in the declared padding. */
  static final int PADDING = -1;

  /** {@link #offset} of an element beyond input and padding, where ceil_mode may reach. */
  static final int OUTSIDE = -2;

  /**
   * Flat position in an image of element {@code k} of the window at output {@code o}, or {@link
   * #PADDING} or {@link #OUTSIDE}.
   */
  int offset(int o, int k) {
    int position = 0;
    int stride = 1;
    boolean padding = false;
    int output = o;
    int element = k;
    for (int axis = input.length - 1; axis >= 0; axis--) {
      int at =
          output % this.output[axis] * strides[axis]
              + element % kernel[axis] * dilations[axis]
              - before[axis];
      if (at >= input[axis] + after[axis]) {
        return OUTSIDE;
      }
      padding |= at < 0 || at >= input[axis];
      position += at * stride;
      stride *= input[axis];
      output /= this.output[axis];
      element /= kernel[axis];
    }
    return padding ? PADDING : position;
  }
}
