package io.maskwire.cli.inference;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The secure outputs beside those of the original model in ONNX Runtime. Values are compared where
 * outputs have the same names and shapes, and nothing is said of them otherwise.
 *
 * @param status how it went
 * @param reason why values were not compared, else empty
 * @param reference ONNX Runtime's outputs in the program's order, where values were compared
 * @param maxAbsError largest difference over all outputs, where values were compared
 */
public record Comparison(
    Status status, String reason, List<FloatTensor> reference, OptionalDouble maxAbsError) {

  /** How a comparison went. */
  public enum Status {
    /** Values were compared. */
    COMPARED("compared"),
    /** ONNX Runtime gives other outputs: other names, lengths, or no numbers. */
    DIFFERS("differs"),
    /** ONNX Runtime could not be asked. */
    NOT_COMPARED("not compared"),
    /** The original model is not at hand. */
    NO_ORIGINAL("no original");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** For people and scripts. */
    public String label() {
      return label;
    }
  }

  public Comparison {
    reference = List.copyOf(reference);
  }

  /** Nothing to compare with: the original model is elsewhere. */
  public static Comparison noOriginal() {
    return without(Status.NO_ORIGINAL, "the original model is not at hand");
  }

  /** A comparison that could not be made. */
  public static Comparison notCompared(String reason) {
    return without(Status.NOT_COMPARED, reason);
  }

  private static Comparison without(Status status, String reason) {
    return new Comparison(status, reason, List.of(), OptionalDouble.empty());
  }

  /**
   * Compares outputs in the program's order.
   *
   * @param names of the program's outputs
   * @param secure their values
   * @param floats ONNX Runtime's outputs
   */
  static Comparison of(
      List<String> names, List<FloatTensor> secure, List<FloatModel.Output> floats) {
    List<String> theirs = floats.stream().map(FloatModel.Output::name).toList();
    if (!theirs.equals(names.stream().distinct().toList())) {
      return without(
          Status.DIFFERS,
          "ONNX Runtime gives the outputs %s, the secure run %s".formatted(theirs, names));
    }
    List<FloatTensor> reference = new ArrayList<>();
    double largest = 0;
    for (int i = 0; i < names.size(); i++) {
      FloatTensor expected = floats.get(theirs.indexOf(names.get(i))).tensor();
      FloatTensor actual = secure.get(i);
      if (!sameShape(expected.shape(), actual.shape())) {
        return without(Status.DIFFERS, shapesDiffer(names.get(i), expected, actual));
      }
      for (int j = 0; j < expected.values().length; j++) {
        if (!Float.isFinite(expected.get(j))) {
          return without(
              Status.DIFFERS,
              "ONNX Runtime gives %s as element %d of output '%s', the secure run %s"
                  .formatted(expected.get(j), j, names.get(i), actual.get(j)));
        }
        largest = Math.max(largest, Math.abs((double) actual.get(j) - expected.get(j)));
      }
      reference.add(expected);
    }
    if (reference.stream().noneMatch(each -> each.values().length > 0)) {
      return notCompared("no output has an element");
    }
    return new Comparison(Status.COMPARED, "", reference, OptionalDouble.of(largest));
  }

  private static String shapesDiffer(String name, FloatTensor expected, FloatTensor actual) {
    return "shapes differ: ONNX Runtime gives %s for output '%s', the standard %s%s"
        .formatted(
            expected.shape(),
            name,
            actual.shape(),
            expected.values().length == actual.values().length
                ? ""
                : "; lengths differ: %d and %d"
                    .formatted(expected.values().length, actual.values().length));
  }

  /** Equal shapes; a scalar is a tensor of one element, with or without an axis. */
  public static boolean sameShape(Shape one, Shape other) {
    return one.equals(other)
        || (one.rank() <= 1 && other.rank() <= 1 && one.elements() == 1 && other.elements() == 1);
  }
}
