package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a model input, read as a picture or volume. A dimension of 0 is unknown; the batch
 * dimension (the first of a picture's 4, a volume's 5 or a flat input's 2) counts as 1.
 *
 * @param shape as the model declares it
 */
record ModelInput(Shape shape) {

  /** Where a picture's axes are. */
  record Picture(Preprocess.Layout layout, int channels, int height, int width) {}

  /** The picture that the model takes, if its shape says so: rank 3 or 4, 1 or 3 channels. */
  Optional<Picture> picture(Optional<Preprocess.Layout> declared) {
    int first = shape.rank() - 3;
    if (first != 0 && first != 1) {
      return Optional.empty();
    }
    for (Preprocess.Layout layout : Preprocess.Layout.values()) {
      boolean channelsFirst = layout == Preprocess.Layout.NCHW;
      int channels = shape.dimension(channelsFirst ? first : first + 2);
      if (declared.orElse(layout) == layout && (channels == 1 || channels == 3)) {
        int height = channelsFirst ? first + 1 : first;
        return Optional.of(
            new Picture(layout, channels, shape.dimension(height), shape.dimension(height + 1)));
      }
    }
    return Optional.empty();
  }

  /** The three sides of the volume that the model takes, empty if its rank is not 3 to 5. */
  Optional<int[]> volumeSides() {
    int rank = shape.rank();
    if (rank < 3 || rank > 5) {
      return Optional.empty();
    }
    boolean channelsLast = rank == 5 && shape.dimension(-1) == 1 && shape.dimension(1) != 1;
    int first = channelsLast ? 1 : rank - 3;
    return Optional.of(Arrays.copyOfRange(shape.toArray(), first, first + 3));
  }

  /**
   * The model's shape for one input of the given axes: equal but for dimensions of 1, or flat.
   *
   * @param natural the input's axes as the model would have them, with batch and channels
   */
  Optional<Shape> fit(Shape natural) {
    for (Shape candidate : candidates(natural)) {
      boolean flat = withoutOnes(candidate).size() <= 1;
      if (candidate.elements() == natural.elements()
          && (flat || withoutOnes(candidate).equals(withoutOnes(natural)))) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The model's shape for a tensor with as many elements. */
  Optional<Shape> fitTensor(Shape tensor) {
    for (Shape candidate : candidates(tensor)) {
      if (candidate.elements() == tensor.elements()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private List<Shape> candidates(Shape input) {
    int[] whole = shape.toArray();
    boolean aligned = whole.length == input.rank();
    for (int axis = 0; axis < whole.length; axis++) {
      if (whole[axis] == 0 && (aligned || axis == 0)) {
        whole[axis] = aligned ? input.dimension(axis) : 1;
      }
    }
    List<Shape> candidates = new ArrayList<>(List.of(Shape.of(whole)));
    if (whole.length == 2 || whole.length >= 4) {
      int[] one = whole.clone();
      one[0] = 1;
      candidates.add(Shape.of(one));
    }
    return candidates;
  }

  private static List<Integer> withoutOnes(Shape shape) {
    return shape.dimensions().stream().filter(side -> side != 1).toList();
  }
}
