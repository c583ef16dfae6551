package io.maskwire.input;

import java.util.Arrays;
import java.util.List;

/**
 * A picture or volume in the middle of preprocessing: spatial axes, outermost first, then channels.
 * Each step returns another grid; arrays are never changed.
 */
final class Grid {
  private final String name;
  private final int[] sides;
  private final int channels;
  private final double[] values;

  private Grid(String name, int[] sides, int channels, double[] values) {
    this.name = name;
    this.sides = sides;
    this.channels = channels;
    this.values = values;
  }

  /** A picture [height, width, channels] of the file called {@code name}. */
  static Grid ofPicture(String name, Samples picture) {
    int[] shape = picture.shape().toArray();
    return new Grid(name, new int[] {shape[0], shape[1]}, shape[2], picture.values());
  }

  /** A volume [z, y, x] with its axes brought into the order {@code axes}, outermost first. */
  static Grid ofVolume(String name, Samples volume, String axes) {
    int[] shape = volume.shape().toArray();
    int[] fileStrides = volume.shape().strides();
    int[] sides = new int[3];
    int[] strides = new int[3];
    for (int i = 0; i < 3; i++) {
      int fileAxis = "zyx".indexOf(axes.charAt(i));
      sides[i] = shape[fileAxis];
      strides[i] = fileStrides[fileAxis];
    }
    double[] values = new double[volume.values().length];
    int to = 0;
    for (int a = 0; a < sides[0]; a++) {
      for (int b = 0; b < sides[1]; b++) {
        for (int c = 0; c < sides[2]; c++) {
          values[to++] = volume.values()[a * strides[0] + b * strides[1] + c * strides[2]];
        }
      }
    }
    return new Grid(name, sides, 1, values);
  }

  int[] sides() {
    return sides.clone();
  }

  int channels() {
    return channels;
  }

  /** The array itself: spatial axes, then channels, row major. */
  double[] values() {
    return values;
  }

  Grid withChannels(Preprocess.Channels wanted) {
    return switch (wanted) {
      case BGR -> pick(channels == 1 ? new int[] {0, 0, 0} : new int[] {2, 1, 0});
      case GRAY -> channels == 1 ? this : toGray();
      case RGB -> pick(channels == 1 ? new int[] {0, 0, 0} : new int[] {0, 1, 2});
    };
  }

  private Grid pick(int[] from) {
    int pixels = values.length / channels;
    Samples.count(name, "the picture in colour", pixels, from.length);
    double[] picked = new double[pixels * from.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[i / from.length * channels + from[i % from.length]];
    }
    return new Grid(name, sides, from.length, picked);
  }

  /** ITU-R BT.601 weights as whole numbers: one rounding, and gray pictures stay what they are. */
  private Grid toGray() {
    double[] gray = new double[values.length / 3];
    for (int i = 0; i < gray.length; i++) {
      double sum = 299 * values[3 * i] + 587 * values[3 * i + 1] + 114 * values[3 * i + 2];
      gray[i] = sum / 1000;
    }
    return new Grid(name, sides, 1, gray);
  }

  Grid crop(Preprocess.Crop crop) {
    return switch (crop) {
      case Preprocess.Crop.Box(List<Integer> start, List<Integer> size) -> cropBox(start, size);
      case Preprocess.Crop.Fraction(double fraction) -> {
        int[] wanted = new int[sides.length];
        for (int axis = 0; axis < sides.length; axis++) {
          wanted[axis] = part(sides[axis], fraction);
        }
        yield cropCenter(wanted);
      }
      case Preprocess.Crop.Square(double fraction) -> {
        int side = part(Arrays.stream(sides).min().orElseThrow(), fraction);
        int[] wanted = new int[sides.length];
        Arrays.fill(wanted, side);
        yield cropCenter(wanted);
      }
    };
  }

  private static int part(int side, double fraction) {
    return Math.max(1, (int) Math.floor(side * fraction + 0.5));
  }

  private Grid cropCenter(int[] wanted) {
    Grid grid = this;
    for (int axis = 0; axis < sides.length; axis++) {
      grid = grid.cropAxis(axis, (sides[axis] - wanted[axis]) / 2, wanted[axis]);
    }
    return grid;
  }

  private Grid cropBox(List<Integer> start, List<Integer> size) {
    Grid grid = this;
    for (int axis = 0; axis < sides.length; axis++) {
      if (start.get(axis) + size.get(axis) > sides[axis]) {
        throw new InputException(
            name,
            "the crop from "
                + start
                + " of size "
                + size
                + " does not fit into "
                + Arrays.toString(sides)
                + "; change 'crop' in preprocess.yaml");
      }
      grid = grid.cropAxis(axis, start.get(axis), size.get(axis));
    }
    return grid;
  }

  private Grid cropAxis(int axis, int start, int size) {
    int inner = inner(axis);
    int outer = values.length / sides[axis] / inner;
    double[] cropped = new double[outer * size * inner];
    for (int o = 0; o < outer; o++) {
      int from = (o * sides[axis] + start) * inner;
      System.arraycopy(values, from, cropped, o * size * inner, size * inner);
    }
    return withSide(axis, size, cropped);
  }

  /** Resizes the innermost axis (width) first, so that the order of roundings is fixed. */
  Grid resize(int[] target, Preprocess.Method method) {
    Grid grid = this;
    for (int axis = sides.length - 1; axis >= 0; axis--) {
      long others = grid.values.length / grid.sides[axis];
      Samples.count(name, "the resized input", others, target[axis]);
      double[] resized =
          Resampler.resizeAxis(
              grid.values, grid.sides[axis], grid.inner(axis), target[axis], method);
      grid = grid.withSide(axis, target[axis], resized);
    }
    return grid;
  }

  private int inner(int axis) {
    int inner = channels;
    for (int i = axis + 1; i < sides.length; i++) {
      inner *= sides[i];
    }
    return inner;
  }

  private Grid withSide(int axis, int side, double[] changed) {
    int[] next = sides.clone();
    next[axis] = side;
    return new Grid(name, next, channels, changed);
  }
}
