package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ir.Operator.PiecewiseLinear.Piece;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Activation functions that are linear in pieces. */
final class ActivationRules {
  /** No value in fixed point is this large. */
  private static final double UNBOUNDED = 0x1p20;

  /**
   * A slope in pieces is rounded to the scale of activations: the flatter it is, the more that
   * changes where it ends. A flatter function becomes a linear layer and a clip.
   */
  private static final double FLATTEST = 0x1p-3;

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
    return elementwise(node, node.input(0), operator);
  }

  private static Imported.Secret elementwise(ImportNode node, Imported source, Operator operator) {
    Imported.Secret secret = node.builder().secret(node.name(), source);
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
    boolean isNumber = !Double.isNaN(low) && !Double.isNaN(high);
    if (!isNumber || high <= -UNBOUNDED || Math.min(low, high) >= UNBOUNDED) {
      throw new UnsupportedNodeException("bounds from " + low + " to " + high);
    }
    if (low >= high) {
      // the standard: min(max, max(input, min)), so that max decides
      return constant(node, high);
    }
    if (low == 0 && high >= UNBOUNDED) {
      return elementwise(node, new Operator.Relu());
    }
    return clipped(node, node.input(0), low, high);
  }

  /** The same public value for all elements, whatever the input is. */
  private static Imported constant(ImportNode node, double value) {
    float[] values = new float[node.shape(0).elements()];
    Arrays.fill(values, (float) value);
    FloatTensor tensor = FloatTensor.takeOwnershipOf(node.shape(0), values);
    return node.builder()
        .secret(node.name(), new Imported.Known(new ConstantTensor.Floats(tensor)));
  }

  private static Imported clipped(ImportNode node, Imported source, double low, double high) {
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
      return source;
    }
    return elementwise(
        node, source, new Operator.PiecewiseLinear(below ? low : 0, below ? 0 : 1, pieces));
  }

  private static double bound(ImportNode node, String attribute, int input, double otherwise) {
    if (node.has(input)) {
      return node.bound(input, attribute);
    }
    return node.attributes().has(attribute) ? node.attributes().real(attribute, 0) : otherwise;
  }

  private static Imported hardSigmoid(ImportNode node) {
    double alpha = node.attributes().real("alpha", 0.2f);
    double beta = node.attributes().real("beta", 0.5f);
    if (!Double.isFinite(alpha) || !Double.isFinite(beta)) {
      throw new UnsupportedNodeException("alpha " + alpha + " and beta " + beta);
    }
    if (alpha == 0) {
      return constant(node, Math.clamp(beta, 0.0, 1.0));
    }
    if (Math.abs(alpha) < FLATTEST) {
      return clipped(node, straight(node, alpha, beta), 0, 1);
    }
    return elementwise(node, hardSigmoid(alpha, beta));
  }

  /** max(0, min(1, alpha x + beta)), alpha not 0: where it leaves 0 and where it leaves 1. */
  private static Operator hardSigmoid(double alpha, double beta) {
    Piece zero = new Piece(alpha, -beta / alpha);
    Piece one = new Piece(-alpha, (1 - beta) / alpha);
    return alpha > 0
        ? new Operator.PiecewiseLinear(0, 0, List.of(zero, one))
        : new Operator.PiecewiseLinear(
            1, 0, List.of(new Piece(alpha, one.threshold()), new Piece(-alpha, zero.threshold())));
  }

  /** alpha x + beta, with a weight as fine as needed. */
  private static Imported straight(ImportNode node, double alpha, double beta) {
    Shape one = Shape.of(1);
    Shape shape = node.shape(0);
    Operator linear =
        new Operator.Linear(
            new Scaling(shape.elements(), 1, shape.elements()),
            FloatTensor.takeOwnershipOf(one, new float[] {(float) alpha}),
            Optional.of(
                new Operator.Bias(
                    FloatTensor.takeOwnershipOf(one, new float[] {(float) beta}),
                    shape.elements())));
    return node.builder().add(node.name(), linear, shape, node.secret(0));
  }

  private static Imported hardSwish(ImportNode node) {
    Imported.Secret gate = elementwise(node, hardSigmoid(1.0 / 6, 0.5));
    return node.builder()
        .add(node.name(), new Operator.Multiply(), gate.shape(), node.secret(0), gate);
  }
}
