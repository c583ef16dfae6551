package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** Sums, differences, products and quotients, of secrets and constants. */
final class ArithmeticRules {
  private ArithmeticRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "Add", Rule.single(node -> sum(node, List.of(1, 1), Double::sum)),
          "Sub", Rule.single(node -> sum(node, List.of(1, -1), (a, b) -> a - b)),
          "Sum", Rule.single(ArithmeticRules::sumOfMany),
          "Mean", Rule.single(ArithmeticRules::mean),
          "Neg", Rule.single(ArithmeticRules::negate),
          "Mul", Rule.single(ArithmeticRules::multiply),
          "Div", Rule.single(ArithmeticRules::divide),
          "Pow", Rule.single(ArithmeticRules::power),
          "Max", Rule.single(node -> extremum(node, 1)),
          "Min", Rule.single(node -> extremum(node, -1)));

  /** Both operands; in operator sets before 7 the second is aligned at {@code axis}. */
  private static List<Imported> operands(ImportNode node) {
    Imported right = node.input(1);
    if (node.opset() < 7 && node.attributes().has("axis")) {
      int rank = node.shape(0).rank();
      int axis = node.axis(node.attributes().integer("axis", 0), rank);
      List<Integer> dimensions = new ArrayList<>(GraphBuilder.shapeOf(right).dimensions());
      while (dimensions.size() + axis < rank) {
        dimensions.add(1);
      }
      right = GraphBuilder.reshape(right, new Shape(dimensions));
    }
    return List.of(node.input(0), right);
  }

  private static Imported sum(ImportNode node, List<Integer> signs, DoubleBinaryOperator function) {
    List<Imported> operands = operands(node);
    return fold(operands, function).orElseGet(() -> sum(node, operands, signs));
  }

  /** Sum of secrets and constants with broadcasting. */
  static Imported sum(ImportNode node, List<Imported> operands, List<Integer> signs) {
    Shape shape = commonShape(operands);
    Imported.Secret[] secrets = new Imported.Secret[operands.size()];
    for (int i = 0; i < secrets.length; i++) {
      Imported.Secret secret = node.builder().secret(node.name(), operands.get(i));
      Imported repeated = StructuralRules.broadcast(node, secret, shape);
      secrets[i] = node.builder().secret(node.name(), repeated);
    }
    return node.builder().add(node.name(), new Operator.Sum(signs), shape, secrets);
  }

  private static Shape commonShape(List<Imported> operands) {
    Shape shape = Shape.of();
    for (Imported operand : operands) {
      shape = Positions.broadcastShape(shape, GraphBuilder.shapeOf(operand));
    }
    return shape;
  }

  private static Imported sumOfMany(ImportNode node) {
    return sumOf(node, allInputs(node));
  }

  private static List<Imported> allInputs(ImportNode node) {
    List<Imported> operands = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      operands.add(node.input(i));
    }
    return operands;
  }

  private static Imported sumOf(ImportNode node, List<Imported> operands) {
    if (operands.size() == 1) {
      return operands.getFirst();
    }
    return sum(node, operands, Collections.nCopies(operands.size(), 1));
  }

  private static Imported mean(ImportNode node) {
    List<Imported> operands = allInputs(node);
    Imported.Secret sum = node.builder().secret(node.name(), sumOf(node, operands));
    return node.builder()
        .add(node.name(), new Operator.Scale(1.0 / operands.size()), sum.shape(), sum);
  }

  private static Imported negate(ImportNode node) {
    if (node.input(0) instanceof Imported.Known(ConstantTensor tensor)) {
      return constant(tensor, tensor.shape(), i -> -tensor.real(i));
    }
    return negated(node, node.secret(0));
  }

  private static Imported.Secret negated(ImportNode node, Imported.Secret secret) {
    return node.builder().add(node.name(), new Operator.Sum(List.of(-1)), secret.shape(), secret);
  }

  private static Imported multiply(ImportNode node) {
    List<Imported> operands = operands(node);
    return fold(operands, (a, b) -> a * b)
        .orElseGet(() -> product(node, operands.getFirst(), operands.getLast()));
  }

  private static Imported product(ImportNode node, Imported left, Imported right) {
    if (left instanceof Imported.Known(ConstantTensor tensor)) {
      return scale(node, right, tensor);
    }
    if (right instanceof Imported.Known(ConstantTensor tensor)) {
      return scale(node, left, tensor);
    }
    Shape shape = commonShape(List.of(left, right));
    return node.builder()
        .add(
            node.name(),
            new Operator.Multiply(),
            shape,
            node.builder().secret(node.name(), StructuralRules.broadcast(node, left, shape)),
            node.builder().secret(node.name(), StructuralRules.broadcast(node, right, shape)));
  }

  /** A secret times a constant of the owner. */
  static Imported scale(ImportNode node, Imported operand, ConstantTensor factor) {
    Shape shape = Positions.broadcastShape(GraphBuilder.shapeOf(operand), factor.shape());
    Imported.Secret secret =
        node.builder().secret(node.name(), StructuralRules.broadcast(node, operand, shape));
    PerChannel pattern = PerChannel.of(factor.toFloats(), shape);
    Scaling map =
        new Scaling(shape.elements(), pattern.values().shape().elements(), pattern.inner());
    Operator linear = new Operator.Linear(map, pattern.values(), Optional.empty());
    return node.builder().add(node.name(), linear, shape, secret);
  }

  private static Imported divide(ImportNode node) {
    List<Imported> operands = operands(node);
    return fold(operands, ArithmeticRules::quotient)
        .orElseGet(
            () -> {
              if (operands.getLast() instanceof Imported.Known(ConstantTensor tensor)) {
                ConstantTensor inverse =
                    new ConstantTensor.Floats(tensor.toFloats()).map(x -> 1 / x);
                return scale(node, operands.getFirst(), inverse);
              }
              throw new UnsupportedNodeException("a quotient whose divisor is secret");
            });
  }

  private static double quotient(double a, double b) {
    return a / b;
  }

  private static Imported power(ImportNode node) {
    List<Imported> operands = operands(node);
    return fold(operands, Math::pow)
        .orElseGet(
            () -> {
              if (operands.getLast() instanceof Imported.Known(ConstantTensor tensor)
                  && tensor.count() == 1
                  && tensor.real(0) == 2) {
                Shape shape = commonShape(operands);
                Imported base = StructuralRules.broadcast(node, operands.getFirst(), shape);
                return product(node, base, base);
              }
              throw new UnsupportedNodeException("a power other than the constant 2");
            });
  }

  private static Imported extremum(ImportNode node, int sign) {
    List<Imported> operands = allInputs(node);
    Optional<Imported> folded =
        operands.size() == 2 ? fold(operands, sign > 0 ? Math::max : Math::min) : Optional.empty();
    if (folded.isPresent() || operands.size() == 1) {
      return folded.orElse(operands.getFirst());
    }
    Shape shape = commonShape(operands);
    int count = shape.elements();
    int[] windows = new int[Math.multiplyExact(count, operands.size())];
    Imported.Secret[] secrets = new Imported.Secret[operands.size()];
    for (int i = 0; i < secrets.length; i++) {
      Imported repeated = StructuralRules.broadcast(node, operands.get(i), shape);
      Imported.Secret secret = node.builder().secret(node.name(), repeated);
      secrets[i] = sign > 0 ? secret : negated(node, secret);
      for (int element = 0; element < count; element++) {
        windows[element * secrets.length + i] = i * count + element;
      }
    }
    Operator maximum = new Operator.Maximum(IndexMap.sums(windows, secrets.length));
    Imported.Secret result = node.builder().add(node.name(), maximum, shape, secrets);
    return sign > 0 ? result : negated(node, result);
  }

  private interface RealAt {
    double get(int index);
  }

  private static Imported constant(ConstantTensor like, Shape shape, RealAt source) {
    if (like instanceof ConstantTensor.Integers) {
      long[] values = new long[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (long) source.get(i);
      }
      return new Imported.Known(ConstantTensor.Integers.takeOwnershipOf(shape, values));
    }
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) source.get(i);
    }
    return new Imported.Known(
        new ConstantTensor.Floats(FloatTensor.takeOwnershipOf(shape, values)));
  }

  private static Optional<Imported> fold(List<Imported> operands, DoubleBinaryOperator function) {
    if (operands.getFirst() instanceof Imported.Known(ConstantTensor a)
        && operands.getLast() instanceof Imported.Known(ConstantTensor b)) {
      Shape shape = Positions.broadcastShape(a.shape(), b.shape());
      GraphBuilder.requireElements(Math.max(1, shape.elements()));
      int[] left = Positions.broadcast(a.shape(), shape);
      int[] right = Positions.broadcast(b.shape(), shape);
      ConstantTensor like = a instanceof ConstantTensor.Integers ? b : a;
      return Optional.of(
          constant(like, shape, i -> function.applyAsDouble(a.real(left[i]), b.real(right[i]))));
    }
    return Optional.empty();
  }
}
