package io.maskwire.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a volume into the orientation that the model declares. Where either of the two, model and
 * file, does not say which side is left, the volume is taken as it is and the user is told.
 */
final class DeclaredOrientation {
  private static final String EXCHANGED = ": left and right may be exchanged";
  private static final String UNDECLARED =
      "; the model declares no orientation (`orientation: RAS` in preprocess.yaml)" + EXCHANGED;

  private DeclaredOrientation() {}

  /**
   * {@code samples} in the orientation {@code declared}, if they are a volume of a file that has
   * directions at all.
   *
   * @param warnings receives what the user should hear of the file
   * @throws InputException if an orientation is declared and the file's own cannot be used
   */
  static Samples apply(
      String name, Samples samples, Optional<Orientation> declared, List<InputWarning> warnings) {
    List<String> doubts = new ArrayList<>(samples.doubts());
    Samples brought =
        samples
            .directions()
            .map(directions -> bring(name, samples, directions, declared, doubts))
            .orElse(samples);
    doubts.forEach(doubt -> warnings.add(new InputWarning(name, doubt)));
    return brought;
  }

  private static Samples bring(
      String name,
      Samples samples,
      Directions directions,
      Optional<Orientation> declared,
      List<String> doubts) {
    return switch (directions) {
      case Directions.Assumed(Orientation order, String reason) -> {
        doubts.add(reason + (declared.isPresent() ? EXCHANGED : UNDECLARED));
        yield declared.map(wanted -> order.bring(samples, wanted)).orElse(samples);
      }
      case Directions.Stated(Orientation order) -> {
        if (declared.isEmpty()) {
          doubts.add("is in order " + order + UNDECLARED);
        }
        yield declared.map(wanted -> order.bring(samples, wanted)).orElse(samples);
      }
      case Directions.Unusable(String problem) -> {
        if (declared.isPresent()) {
          throw new InputException(
              name,
              problem
                  + "; the model wants "
                  + declared.get()
                  + ", so set sform or qform right first (nibabel, fslorient)");
        }
        doubts.add("does not say its order: " + problem + UNDECLARED);
        yield samples;
      }
    };
  }
}
