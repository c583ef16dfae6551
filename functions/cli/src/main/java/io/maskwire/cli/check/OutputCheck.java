package io.maskwire.cli.check;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.cli.inference.Comparison;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.TensorFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Outputs of a secure run against the model's declarations and the expected files. */
final class OutputCheck {
  /** Of fixed point: inputs and weights are rounded to some 12 fractional bits. */
  private static final double ABSOLUTE_TOLERANCE = 0x1p-8;

  /** Of the expected value: what the runner of these test folders in ONNX itself allows. */
  private static final double RELATIVE_TOLERANCE = 1e-3;

  /** Others are positions or counts, which are right or wrong. */
  private static final Set<String> REAL_TYPES = Set.of("FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16");

  private OutputCheck() {}

  /**
   * How far outputs are from what is expected.
   *
   * @param largest difference of an element
   * @param beyond names the first element that differs by more than is allowed
   */
  record Difference(double largest, Optional<String> beyond) {
    static final Difference NONE = new Difference(0, Optional.empty());

    Difference and(Difference other) {
      return new Difference(Math.max(largest, other.largest), beyond.or(other::beyond));
    }
  }

  /**
   * Compares number, names, types, shapes and values.
   *
   * @param declared outputs of the model
   * @param expected files of the data set
   * @param program that was run
   * @param actual its outputs
   * @throws CaseException naming the first that cannot be compared
   */
  static Difference compare(
      List<ValueInfoProto> declared,
      List<TensorFile> expected,
      Program program,
      List<FloatTensor> actual) {
    List<String> names = declared.stream().map(ValueInfoProto::getName).toList();
    List<String> computed = program.outputs().stream().map(Program.Output::name).toList();
    if (!computed.equals(names) || actual.size() != names.size()) {
      throw new CaseException(
          "the secure run gives the outputs %s, the model declares %s".formatted(computed, names));
    }
    if (expected.size() < names.size()) {
      throw new CaseException(
          "not compared: output_%d.pb is missing, for output '%s'"
              .formatted(expected.size(), names.get(expected.size())));
    }
    if (expected.size() > names.size()) {
      throw new CaseException(
          "%d outputs are expected, the model has %s".formatted(expected.size(), names));
    }
    Difference difference = Difference.NONE;
    for (int i = 0; i < names.size(); i++) {
      requireDeclared(declared.get(i), expected.get(i), actual.get(i).shape());
      difference = difference.and(difference(names.get(i), expected.get(i), actual.get(i)));
    }
    return difference;
  }

  private static void requireDeclared(ValueInfoProto declared, TensorFile expected, Shape shape) {
    String name = declared.getName();
    if (!expected.name().isEmpty() && !expected.name().equals(name)) {
      throw new CaseException(
          "output '%s' is expected, the model declares '%s'".formatted(expected.name(), name));
    }
    String type = CaseModel.typeOf(declared);
    // An output may be declared without a type; the file has one.
    if (declared.getType().hasTensorType() && !type.equals(expected.type())) {
      throw new CaseException(
          "output '%s' is %s in the model, %s is expected".formatted(name, type, expected.type()));
    }
    Shape wanted = expected.tensor().shape();
    if (!Comparison.sameShape(shape, wanted)) {
      throw new CaseException(
          "output '%s' has shape %s, %s is expected".formatted(name, shape, wanted));
    }
    if (!CaseModel.admits(declared, shape) && !CaseModel.admits(declared, wanted)) {
      throw new CaseException(
          "output '%s' has shape %s, the model declares %s"
              .formatted(name, shape, CaseModel.describe(declared)));
    }
  }

  private static Difference difference(String name, TensorFile file, FloatTensor actual) {
    FloatTensor expected = file.tensor();
    boolean real = REAL_TYPES.contains(file.type());
    double largest = 0;
    Optional<String> beyond = Optional.empty();
    for (int i = 0; i < expected.values().length; i++) {
      double error = Math.abs((double) actual.get(i) - expected.get(i));
      if (!Double.isFinite(error)) {
        throw new CaseException(words(name, i, expected, actual));
      }
      largest = Math.max(largest, error);
      if (beyond.isEmpty() && error > (real ? tolerance(expected.get(i)) : 0)) {
        beyond = Optional.of(words(name, i, expected, actual));
      }
    }
    return new Difference(largest, beyond);
  }

  private static double tolerance(float expected) {
    return ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(expected);
  }

  private static String words(String name, int i, FloatTensor expected, FloatTensor actual) {
    return "element %d of output '%s' is %s, %s is expected"
        .formatted(i, name, actual.get(i), expected.get(i));
  }
}
