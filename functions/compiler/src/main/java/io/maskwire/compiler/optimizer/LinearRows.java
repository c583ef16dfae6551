package io.maskwire.compiler.optimizer;

import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * A linear layer seen row by row: output i is row(i) of W times some inputs, row(i) = (i / inner)
 * mod count.
 *
 * @param layer map, weights and bias
 * @param inner consecutive outputs of a row
 * @param count rows
 */
record LinearRows(Operator.Linear layer, int inner, int count) {

  /** The rows of the layer {@code node}. */
  static LinearRows of(Graph.Node node) {
    return of((Operator.Linear) node.operator());
  }

  private static LinearRows of(Operator.Linear layer) {
    return switch (layer.map()) {
      case Convolution c -> new LinearRows(layer, c.output().elements(), c.channels().output());
      case Dense d -> new LinearRows(layer, 1, d.outputs());
      case Scaling s -> new LinearRows(layer, s.inner(), s.channels());
    };
  }

  /** Outputs multiplied by {@code factor}, if that is the same for all outputs of a row. */
  Optional<LinearRows> scaled(IntToDoubleFunction factor) {
    Optional<double[]> perRow = perRow(factor);
    if (perRow.isEmpty()) {
      return Optional.empty();
    }
    double[] factors = perRow.get();
    FloatTensor weights = layer.weights();
    if (Arrays.stream(factors).anyMatch(f -> f != 1)) {
      float[] scaled = new float[weights.values().length];
      int length = scaled.length / count;
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (float) (weights.get(i) * factors[i / length]);
      }
      weights = FloatTensor.takeOwnershipOf(weights.shape(), scaled);
    }
    Operator.Linear linear = new Operator.Linear(layer.map(), weights, Optional.empty());
    LinearRows rows = new LinearRows(linear, inner, count);
    return Optional.of(
        layer.bias().map(b -> rows.shifted(i -> b.at(i) * factor.applyAsDouble(i))).orElse(rows));
  }

  /** Outputs plus {@code summand}. */
  LinearRows shifted(IntToDoubleFunction summand) {
    IntToDoubleFunction total =
        layer
            .bias()
            .<IntToDoubleFunction>map(b -> i -> b.at(i) + summand.applyAsDouble(i))
            .orElse(summand);
    Operator.Bias bias =
        perRow(total)
            .map(values -> new Operator.Bias(floats(values), inner))
            .orElseGet(() -> new Operator.Bias(elementwise(total), 1));
    LinearMap map = layer.map();
    return new LinearRows(
        new Operator.Linear(map, layer.weights(), Optional.of(bias)), inner, count);
  }

  Operator.Linear toOperator() {
    return layer;
  }

  private FloatTensor elementwise(IntToDoubleFunction function) {
    double[] values = new double[layer.map().outputCount()];
    Arrays.setAll(values, function);
    return floats(values);
  }

  private static FloatTensor floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return FloatTensor.takeOwnershipOf(Shape.of(floats.length), floats);
  }

  private Optional<double[]> perRow(IntToDoubleFunction function) {
    double[] values = new double[count];
    boolean[] seen = new boolean[count];
    for (int i = 0; i < layer.map().outputCount(); i++) {
      int row = i / inner % count;
      double value = function.applyAsDouble(i);
      if (seen[row] && values[row] != value) {
        return Optional.empty();
      }
      seen[row] = true;
      values[row] = value;
    }
    return Optional.of(values);
  }
}
