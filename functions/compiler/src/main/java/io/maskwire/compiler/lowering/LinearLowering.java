package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.Scaling;
import java.util.List;
import java.util.Optional;

/** Linear layers, and PReLU, which contains one. */
final class LinearLowering {
  /**
   * A layer takes an input with up to this many bits more than activations have, rather than spend
   * two rounds on a truncation.
   */
  private static final int TOLERATED_BITS = 8;

  private final Emitter emitter;

  LinearLowering(Emitter emitter) {
    this.emitter = emitter;
  }

  /** What a layer or product multiplies: near the scale of activations, gain allowed. */
  Operand factor(Operand operand) {
    if (operand.scale() - emitter.scale() > TOLERATED_BITS) {
      return emitter.cut(operand);
    }
    return operand.scale() < emitter.scale() - TOLERATED_BITS ? emitter.truncate(operand) : operand;
  }

  Operand linear(String node, Operator.Linear layer, Operand value) {
    Operand x = factor(value);
    LinearMap map = layer.map();
    int rows = rows(map);
    FloatTensor weights = layer.weights();
    int fanIn = map.weightCount() / rows;
    int weightScale = WeightScale.choose(layer, x, fanIn, emitter.scale());
    int productScale = x.scale() + weightScale;
    int weight = emitter.addWeight(node + ".weight", weights, x.gain(), weightScale);
    Optional<Gate.Bias> bias =
        layer
            .bias()
            .map(
                b ->
                    new Gate.Bias(
                        emitter.addWeight(node + ".bias", b.values(), 1, productScale), b.inner()));
    Wire.Masked input = emitter.open(x);
    Wire.Shared output = emitter.shared(map.outputCount());
    emitter.add(node, new Gate.Linear(input, map, weight, bias, output));
    Range interval =
        new RowBounds(
                emitter.weightValues().get(weight).values(),
                bias.map(b -> emitter.weightValues().get(b.weight()).values()),
                rows)
            .apply(isPadded(map) ? x.range().withZero() : x.range());
    double typical = Math.max(1, x.typical() * WeightScale.growth(weights, rows));
    Range range = emitter.refine(output, productScale, interval);
    return new Operand(node, output, productScale, 1, range, Math.min(typical, 1024));
  }

  private static int rows(LinearMap map) {
    return switch (map) {
      case Convolution c -> c.channels().output();
      case Dense d -> d.outputs();
      case Scaling s -> s.channels();
    };
  }

  private static boolean isPadded(LinearMap map) {
    return map instanceof Convolution c
        && !(c.window().before().equals(NO_PADDING) && c.window().after().equals(NO_PADDING));
  }

  private static final Convolution.Extent NO_PADDING = new Convolution.Extent(0, 0, 0);

  Operand multiply(String node, Operand left, Operand right) {
    Operand x = factor(left);
    Operand y = factor(right);
    Wire.Masked a = emitter.open(x);
    Wire.Masked b = emitter.open(y);
    Wire.Shared output = emitter.shared(a.count());
    emitter.add(node, new Gate.Multiply(a, b, output));
    int productScale = x.scale() + y.scale();
    Range interval = a.id() == b.id() ? square(x.range()) : x.range().times(y.range());
    Range range = emitter.refine(output, productScale, interval);
    double typical = Math.min(x.typical() * y.typical(), 1024);
    return new Operand(node, output, productScale, x.gain() * y.gain(), range, typical);
  }

  private static Range square(Range x) {
    double magnitude = x.magnitude() * x.magnitude();
    return Range.widened(0, magnitude, x.certainty());
  }

  /** max(x, 0) + slope (x - max(x, 0)). */
  Operand parametricRelu(String node, Operator.ParametricRelu operator, Operand value) {
    Operand x = emitter.truncate(value);
    Wire.Masked input = emitter.open(x);
    Operand positive = new ComparisonLowering(emitter).relu(node, x.with(input, x.range()));
    Wire.Shared negative = emitter.shared(input.count());
    List<Gate.Combine.Term> terms =
        List.of(new Gate.Combine.Term(input, 1), new Gate.Combine.Term(positive.wire(), -1));
    emitter.add(node, new Gate.Combine(terms, 0, negative));
    Range below =
        emitter.refine(
            negative, x.scale(), new Range(Math.min(x.range().low(), 0), 0, x.range().certainty()));
    Operand rest = new Operand(node, negative, x.scale(), 1, below, x.typical());
    FloatTensor slopes = operator.slopes();
    Scaling map = new Scaling(input.count(), slopes.values().length, operator.inner());
    Operand product = linear(node, new Operator.Linear(map, slopes, Optional.empty()), rest);
    return new SumLowering(emitter).sum(node, List.of(product, positive), List.of(1, 1));
  }
}
