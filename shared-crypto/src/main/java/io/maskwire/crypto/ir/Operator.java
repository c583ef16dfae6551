package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.Shape;
import java.util.List;
import java.util.Optional;

/**
 * One function on real tensors, before scales and widths are chosen. The set is small because
 * tensors are flat: reshaping needs no operator, and every other structural operator, padding,
 * broadcasting and window is an {@link IndexMap}.
 */
public sealed interface Operator
    permits Operator.ArgMax,
        Operator.Constant,
        Operator.Gather,
        Operator.Linear,
        Operator.Maximum,
        Operator.Multiply,
        Operator.ParametricRelu,
        Operator.PiecewiseLinear,
        Operator.Relu,
        Operator.Scale,
        Operator.Sum {

  /**
   * Refuses inputs and outputs that the operator does not take.
   *
   * @throws IllegalArgumentException with both shapes
   */
  void check(List<Shape> inputs, Shape output);

  /**
   * Position of the largest element of each window, the first among equals.
   *
   * @param windows positions in the input, as many terms as candidates
   */
  record ArgMax(IndexMap windows) implements Operator {
    @Override
    public void check(List<Shape> inputs, Shape output) {
      checkMap(windows, inputs, output);
      requireSources(inputs.size() == 1, inputs);
    }
  }

  /**
   * A secret constant of the owner.
   *
   * @param values its elements
   */
  record Constant(FloatTensor values) implements Operator {
    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.isEmpty(), inputs);
      requireElements(values.shape().elements(), output);
    }
  }

  /**
   * out[i] = sum over the map's terms of the concatenated inputs.
   *
   * @param map positions in the concatenation of the inputs
   */
  record Gather(IndexMap map) implements Operator {
    @Override
    public void check(List<Shape> inputs, Shape output) {
      checkMap(map, inputs, output);
    }
  }

  /**
   * A secret summand of a linear layer: y[i] += values[(i / inner) mod count].
   *
   * @param values one per row of the layer, or one per output
   * @param inner consecutive outputs that share an element
   */
  record Bias(FloatTensor values, int inner) {
    /** The summand of output {@code i}. */
    public float at(int i) {
      return values.get(i / inner % values.values().length);
    }
  }

  /**
   * y = L(W, x) + bias.
   *
   * @param map the bilinear map
   * @param weights W, secret
   * @param bias secret, if any
   */
  record Linear(LinearMap map, FloatTensor weights, Optional<Bias> bias) implements Operator {
    public Linear {
      requireElements(map.weightCount(), weights.shape());
    }

    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == 1, inputs);
      requireElements(map.inputCount(), inputs.getFirst());
      requireElements(map.outputCount(), output);
    }
  }

  /**
   * out[i] = largest of the map's terms in the concatenated inputs.
   *
   * @param windows positions, none of them {@link IndexMap#NOTHING}
   */
  record Maximum(IndexMap windows) implements Operator {
    public Maximum {
      for (int index : windows.indices()) {
        if (index == IndexMap.NOTHING) {
          throw new IllegalArgumentException("a window of a maximum contains no padding");
        }
      }
    }

    @Override
    public void check(List<Shape> inputs, Shape output) {
      checkMap(windows, inputs, output);
    }
  }

  /** Product of two secrets, element by element. */
  record Multiply() implements Operator {
    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == 2, inputs);
      inputs.forEach(input -> requireElements(output.elements(), input));
    }
  }

  /**
   * max(x, 0) + slope min(x, 0), slopes secret.
   *
   * @param slopes one per channel
   * @param inner consecutive elements of a channel
   */
  record ParametricRelu(FloatTensor slopes, int inner) implements Operator {
    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == 1, inputs);
      requireElements(output.elements(), inputs.getFirst());
    }
  }

  /**
   * y = offset + slope x + sum over pieces of slope * max(x - threshold, 0); all public.
   *
   * @param offset value that the pieces are added to
   * @param slope slope left of all thresholds
   * @param pieces changes of slope
   */
  record PiecewiseLinear(double offset, double slope, List<Piece> pieces) implements Operator {
    /**
     * slope * max(x - threshold, 0).
     *
     * @param slope change of slope
     * @param threshold where it happens
     */
    public record Piece(double slope, double threshold) {}

    public PiecewiseLinear {
      pieces = List.copyOf(pieces);
      if (pieces.isEmpty()) {
        throw new IllegalArgumentException("a piecewise linear function has at least one piece");
      }
    }

    /** The function at {@code x}. */
    public double at(double x) {
      double y = offset + slope * x;
      for (Piece piece : pieces) {
        y += piece.slope() * Math.max(x - piece.threshold(), 0);
      }
      return y;
    }

    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == 1, inputs);
      requireElements(output.elements(), inputs.getFirst());
    }
  }

  /** max(x, 0). */
  record Relu() implements Operator {
    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == 1, inputs);
      requireElements(output.elements(), inputs.getFirst());
    }
  }

  /**
   * factor * x, factor public: the division of an average.
   *
   * @param factor finite and positive
   */
  record Scale(double factor) implements Operator {
    public Scale {
      if (!(factor > 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException("a scale is positive and finite, not " + factor);
      }
    }

    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == 1, inputs);
      requireElements(output.elements(), inputs.getFirst());
    }
  }

  /**
   * out = sum of sign * input, element by element.
   *
   * @param signs 1 or -1 for each input
   */
  record Sum(List<Integer> signs) implements Operator {
    public Sum {
      signs = List.copyOf(signs);
      for (int sign : signs) {
        if (sign != 1 && sign != -1) {
          throw new IllegalArgumentException("a sign is 1 or -1, not " + sign);
        }
      }
    }

    @Override
    public void check(List<Shape> inputs, Shape output) {
      requireSources(inputs.size() == signs.size() && !inputs.isEmpty(), inputs);
      inputs.forEach(input -> requireElements(output.elements(), input));
    }
  }

  private static void checkMap(IndexMap map, List<Shape> inputs, Shape output) {
    long total = inputs.stream().mapToLong(Shape::elements).sum();
    requireSources(!inputs.isEmpty() && map.largest() < total, inputs);
    requireElements(map.outputCount(), output);
  }

  private static void requireSources(boolean condition, List<Shape> inputs) {
    if (!condition) {
      throw new IllegalArgumentException("the operator does not take inputs of shapes " + inputs);
    }
  }

  private static void requireElements(int count, Shape shape) {
    if (shape.elements() != count) {
      throw new IllegalArgumentException(
          "expected %d elements, shape %s has %d".formatted(count, shape, shape.elements()));
    }
  }
}
