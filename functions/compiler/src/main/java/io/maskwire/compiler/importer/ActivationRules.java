package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ir.Operator.PiecewiseLinear.Piece;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Activation functions that are linear in pieces. */
final class ActivationRules {
  /** No value in fixed point is this large. */
  private static final double UNBOUNDED = 0x1p20;

  private ActivationRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "Relu", Rule.single(node -> elementwise(node, new Operator.Relu())),
          "LeakyRelu", Rule.single(ActivationRules::leakyRelu),
          "PRelu", Rule.single(ActivationRules::parametricRelu),
          "Clip", Rule.single(ActivationRules::clip),
          "Abs",
              Rule.single(
                  node ->
                      elementwise(
                          node, new Operator.PiecewiseLinear(0, -1, List.of(new Piece(2, 0))))),
          "HardSigmoid", Rule.single(ActivationRules::hardSigmoid),
          "HardSwish", Rule.single(ActivationRules::hardSwish));

  private static Imported.Secret elementwise(ImportNode node, Operator operator) {
    Imported.Secret secret = node.secret(0);
    return node.builder().add(node.name(), operator, secret.shape(), secret);
  }

  private static Imported leakyRelu(ImportNode node) {
    double slope = node.attributes().real("alpha", 0.01f);
    return elementwise(
        node, new Operator.PiecewiseLinear(0, slope, List.of(new Piece(1 - slope, 0))));
  }

  private static Imported parametricRelu(ImportNode node) {
    ConstantTensor slopes = node.known(1, "the slope");
    Shape shape = node.shape(0);
    Shape aligned = slopes.shape();
    if (slopes.count() > 1 && aligned.rank() == 1 && shape.rank() > 2) {
      // before operator set 7 a vector meant channels
      int channels = shape.dimension(1);
      if (aligned.dimension(0) == channels && node.opset() < 7) {
        List<Integer> dimensions = new ArrayList<>(List.of(channels));
        while (dimensions.size() < shape.rank() - 1) {
          dimensions.add(1);
        }
        aligned = new Shape(dimensions);
      }
    }
    PerChannel pattern = PerChannel.of(slopes.toFloats().reshape(aligned), shape);
    return elementwise(node, new Operator.ParametricRelu(pattern.values(), pattern.inner()));
  }

  private static Imported clip(ImportNode node) {
    double low = bound(node, "min", 1, Double.NEGATIVE_INFINITY);
    double high = bound(node, "max", 2, Double.POSITIVE_INFINITY);
    if (low == 0 && high >= UNBOUNDED) {
      return elementwise(node, new Operator.Relu());
    }
    return clipped(node, low, high);
  }

  private static Imported clipped(ImportNode node, double low, double high) {
    if (Double.isNaN(low) || Double.isNaN(high) || low >= UNBOUNDED || high <= -UNBOUNDED) {
      throw new UnsupportedNodeException("bounds from " + low + " to " + high);
    }
    boolean below = low > -UNBOUNDED;
    boolean above = high < UNBOUNDED;
    List<Piece> pieces = new ArrayList<>();
    if (below) {
      pieces.add(new Piece(1, low));
    }
    if (above) {
      pieces.add(new Piece(-1, high));
    }
    if (pieces.isEmpty()) {
      return node.input(0);
    }
    return elementwise(node, new Operator.PiecewiseLinear(below ? low : 0, below ? 0 : 1, pieces));
  }

  private static double bound(ImportNode node, String attribute, int input, double otherwise) {
    if (node.has(input)) {
      return node.structure(input, attribute).real(0);
    }
    return node.attributes().has(attribute) ? node.attributes().real(attribute, 0) : otherwise;
  }

  private static Imported hardSigmoid(ImportNode node) {
    return elementwise(
        node,
        hardSigmoid(node.attributes().real("alpha", 0.2f), node.attributes().real("beta", 0.5f)));
  }

  private static Operator hardSigmoid(double alpha, double beta) {
    return new Operator.PiecewiseLinear(
        0, 0, List.of(new Piece(alpha, -beta / alpha), new Piece(-alpha, (1 - beta) / alpha)));
  }

  private static Imported hardSwish(ImportNode node) {
    Imported.Secret gate = elementwise(node, hardSigmoid(1.0 / 6, 0.5));
    return node.builder()
        .add(node.name(), new Operator.Multiply(), gate.shape(), node.secret(0), gate);
  }
}
