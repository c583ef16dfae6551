package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.Attributes;
import io.maskwire.crypto.ring.Convolution;
import java.util.Arrays;
import java.util.stream.IntStream;

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

  /** Reads the attributes of a transposed convolution over {@code input}. */
  static Transposition of(Attributes attributes, int[] input, int[] kernel) {
    int rank = input.length;
    int[] strides = attributes.integers("strides", Window.filled(rank, 1));
    int[] dilations = attributes.integers("dilations", Window.filled(rank, 1));
    int[] extra = attributes.integers("output_padding", new int[rank]);
    if (strides.length != rank || dilations.length != rank || extra.length != rank) {
      throw new IllegalArgumentException("attributes of another number of dimensions than " + rank);
    }
    int[] full = new int[rank];
    int[] extents = new int[rank];
    for (int i = 0; i < rank; i++) {
      if (strides[i] < 1 || dilations[i] < 1 || extra[i] < 0) {
        throw new IllegalArgumentException(
            "strides and dilations must be positive, output_padding not negative");
      }
      extents[i] = Math.addExact(Math.multiplyExact(dilations[i], kernel[i] - 1), 1);
      full[i] =
          Math.addExact(
              Math.multiplyExact(input[i] - 1, strides[i]), Math.addExact(extents[i], extra[i]));
    }
    Cut cut = Cut.of(attributes, full, input, strides);
    int[] before = new int[rank];
    int[] stretched = new int[rank];
    for (int i = 0; i < rank; i++) {
      before[i] = extents[i] - 1 - cut.start[i];
      stretched[i] = Math.addExact(cut.length[i], extents[i] - 1);
    }
    return new Transposition(input, strides, dilations, before, stretched, cut.length);
  }

  /** What stays of the full result; zeros follow it where it is shorter. */
  private static final class Cut {
    /** Elements that go before it. */
    private final int[] start;

    private final int[] length;

    private Cut(int[] start, int[] length) {
      this.start = start;
      this.length = length;
    }

    static Cut of(Attributes attributes, int[] full, int[] input, int[] strides) {
      int rank = full.length;
      int[] wanted = attributes.integers("output_shape");
      String mode = attributes.text("auto_pad", "NOTSET");
      if (wanted.length > 0) {
        if (wanted.length != rank && wanted.length != rank + 2) {
          throw new IllegalArgumentException(
              "output_shape of %d numbers for %d dimensions".formatted(wanted.length, rank));
        }
        return to(Arrays.copyOfRange(wanted, wanted.length - rank, wanted.length), full, mode);
      }
      return switch (mode) {
        case "SAME_UPPER", "SAME_LOWER" -> {
          int[] target = new int[rank];
          Arrays.setAll(target, i -> Math.multiplyExact(input[i], strides[i]));
          if (exceeds(target, full)) {
            // the standard's text adds zeros, its shape inference does not
            throw new UnsupportedNodeException(
                "auto_pad " + mode + " of a kernel shorter than the stride; give output_shape");
          }
          yield to(target, full, mode);
        }
        case "VALID" -> explicit(new int[2 * rank], full);
        case "NOTSET" -> explicit(attributes.integers("pads", new int[2 * rank]), full);
        default -> throw new IllegalArgumentException("auto_pad '" + mode + "'");
      };
    }

    private static boolean exceeds(int[] target, int[] full) {
      return IntStream.range(0, full.length).anyMatch(i -> target[i] > full[i]);
    }

    /**
     * The standard's equations for pads; where they are negative, zeros follow. Before operator set
     * 11 its text has them the other way round, against its own words on SAME_UPPER; nobody did.
     */
    private static Cut to(int[] target, int[] full, String mode) {
      int[] start = new int[full.length];
      for (int i = 0; i < start.length; i++) {
        if (target[i] < 1) {
          throw new IllegalArgumentException("an output of length " + target[i]);
        }
        int total = Math.max(0, full[i] - target[i]);
        start[i] = mode.equals("SAME_UPPER") ? total / 2 : total - total / 2;
      }
      return new Cut(start, target);
    }

    private static Cut explicit(int[] pads, int[] full) {
      int rank = full.length;
      if (pads.length != 2 * rank || Arrays.stream(pads).anyMatch(pad -> pad < 0)) {
        throw new IllegalArgumentException(
            "pads %s for %d dimensions".formatted(Arrays.toString(pads), rank));
      }
      int[] length = new int[rank];
      for (int i = 0; i < rank; i++) {
        length[i] = full[i] - pads[i] - pads[rank + i];
        if (length[i] < 1) {
          throw new UnsupportedNodeException("a tensor without elements: the pads take all of it");
        }
      }
      return new Cut(Arrays.copyOf(pads, rank), length);
    }
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
