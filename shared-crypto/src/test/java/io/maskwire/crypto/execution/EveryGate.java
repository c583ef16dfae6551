package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.LookupTable;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A small fixed program that has every gate in every variant, with weights: a convolution, its
 * activations, a product with a secret constant, truncations, a selection, a table, a dense layer
 * and a scaling. Never changed: bytes made from it are frozen.
 */
public final class EveryGate {
  /** Largest magnitude of an input element. */
  public static final long BOUND = 15;

  private static final int INPUTS = 2;
  private static final int ELEMENTS = 4;

  private final List<Program.Step> steps = new ArrayList<>();
  private final List<WeightTensor> tensors = new ArrayList<>();
  private final List<RingTensor> weights = new ArrayList<>();
  private int wires;

  private EveryGate() {}

  /** The program. */
  public static Program program() {
    return new EveryGate().build(Program.Reveal.USER);
  }

  /** The program under another policy. */
  public static Program program(Program.Reveal reveal) {
    return new EveryGate().build(reveal);
  }

  /** The owner's weights. */
  public static List<RingTensor> weights() {
    EveryGate gates = new EveryGate();
    gates.build(Program.Reveal.USER);
    return gates.weights;
  }

  /** An input. */
  public static List<RingTensor> input(long first, long second) {
    return List.of(RingTensor.copyOf(Shape.of(1, 1, INPUTS), first, second));
  }

  private Program build(Program.Reveal reveal) {
    Wire.Masked x = masked(INPUTS, 20);
    Wire.Masked convolved = open(linear(x, convolution(), 20, Optional.of(2)));
    Wire.Shared clipped = shared(ELEMENTS, 20);
    add(
        new Gate.PiecewiseLinear(
            convolved, BitWidth.of(12), List.of(new Piece(1, 0), new Piece(-2, 5)), clipped));
    Wire.Shared rectified = shared(ELEMENTS, 18);
    add(new Gate.ReluTruncate(convolved, new Truncation(BitWidth.of(16), 4, true), rectified));
    Wire.Masked activated = open(rectified);
    Wire.Masked constant = masked(ELEMENTS, 12);
    add(new Gate.Constant(weight(ELEMENTS, 12, 7), constant));
    Wire.Shared product = shared(ELEMENTS, 12);
    add(new Gate.Multiply(activated, constant, product));
    Wire.Masked scaled = open(product);
    Wire.Shared extended = shared(ELEMENTS, 14);
    var truncation = new Truncation(BitWidth.of(9), 3, false);
    add(new Gate.Truncate(scaled, truncation, Gate.Carry.OPENED, extended));
    Wire.Shared local = shared(ELEMENTS, 9);
    add(new Gate.Truncate(scaled, truncation, Gate.Carry.SHARED, local));
    Wire.Masked truncated = open(extended);
    Wire.Shared first = shared(ELEMENTS, 14);
    Wire.Shared second = shared(ELEMENTS, 18);
    add(
        new Gate.Select(
            truncated, BitWidth.of(8), List.of(truncated, activated), List.of(first, second)));
    Wire.Masked result = open(linear(lookUp(truncated, first, local), dense(), 10));
    Wire.Shared logits = linear(result, new Scaling(3, 3, 1), 10, Optional.empty());
    return new Program(
        "every gate",
        "1",
        reveal,
        List.of(new Program.Input("x", Shape.of(1, 1, INPUTS), 0, BOUND, x)),
        tensors,
        steps,
        List.of(
            new Program.Output("logits", Shape.of(1, 3), 2, Program.Finish.SOFTMAX, 1, logits),
            new Program.Output("clipped", Shape.of(ELEMENTS), 0, Program.Finish.NONE, 0, clipped)));
  }

  /** Structural gates of both kinds, then a table. */
  private Wire.Masked lookUp(Wire.Masked truncated, Wire.Shared selected, Wire.Shared local) {
    Wire.Masked gathered = masked(ELEMENTS, 14);
    var map = IndexMap.sums(new int[] {0, 1, 2, IndexMap.NOTHING, 3, 3, 1, 0}, 2);
    add(new Gate.Gather(List.of(truncated), map, gathered));
    Wire.Masked difference = masked(ELEMENTS, 14);
    add(
        new Gate.Combine(
            List.of(new Gate.Combine.Term(gathered, 1), new Gate.Combine.Term(truncated, -1)),
            2,
            difference));
    Wire.Shared reversed = shared(ELEMENTS, 9);
    var reverse = IndexMap.takeOwnershipOf(new int[] {3, 2, 1, 0});
    add(new Gate.Gather(List.of(local), reverse, reversed));
    Wire.Shared sum = shared(ELEMENTS, 9);
    add(
        new Gate.Combine(
            List.of(
                new Gate.Combine.Term(selected, 1),
                new Gate.Combine.Term(reversed, 1),
                new Gate.Combine.Term(difference, 1)),
            3,
            sum));
    Wire.Shared entry = shared(ELEMENTS, 10);
    long[] table = LongStream.range(0, 64).map(i -> i * i % 7 - 3).toArray();
    add(new Gate.Table(open(sum), LookupTable.takeOwnershipOf(table), entry));
    return open(entry);
  }

  private static LinearMap convolution() {
    var one = new Convolution.Extent(1, 1, 1);
    return new Convolution(
        new Convolution.Channels(1, 1, 2, 1),
        new Convolution.Extent(1, 1, INPUTS),
        new Convolution.Extent(1, 1, 2),
        new Convolution.Window(
            one, one, new Convolution.Extent(0, 0, 0), new Convolution.Extent(0, 0, 1)));
  }

  private static LinearMap dense() {
    return new Dense(1, ELEMENTS, 3);
  }

  private Wire.Shared linear(Wire.Masked x, LinearMap map, int width) {
    return linear(x, map, width, Optional.empty());
  }

  private Wire.Shared linear(Wire.Masked x, LinearMap map, int width, Optional<Integer> biases) {
    int weight = weight(map.weightCount(), width, 7);
    Optional<Gate.Bias> bias =
        biases.map(count -> new Gate.Bias(weight(count, width, 100), map.outputCount() / count));
    Wire.Shared y = shared(map.outputCount(), width);
    add(new Gate.Linear(x, map, weight, bias, y));
    return y;
  }

  /** Weights that look irregular and never change. */
  private int weight(int count, int width, long largest) {
    int index = tensors.size();
    long[] values =
        LongStream.range(0, count)
            .map(i -> Math.floorMod((i + 3) * (i + 5 + index) * 37, 2 * largest + 1) - largest)
            .toArray();
    weights.add(RingTensor.takeOwnershipOf(values));
    tensors.add(new WeightTensor("w" + index, count, BitWidth.of(width), 3));
    return index;
  }

  private Wire.Masked open(Wire.Shared y) {
    Wire.Masked opened = masked(y.count(), y.width().bits());
    add(new Gate.Open(y, opened));
    return opened;
  }

  private void add(Gate gate) {
    steps.add(new Program.Step(gate.getClass().getSimpleName() + steps.size(), gate));
  }

  private Wire.Masked masked(int count, int bits) {
    return new Wire.Masked(wires++, count, BitWidth.of(bits));
  }

  private Wire.Shared shared(int count, int bits) {
    return new Wire.Shared(wires++, count, BitWidth.of(bits));
  }
}
