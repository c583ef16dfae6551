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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A random program that keeps all preconditions: for every wire the largest magnitude is known, and
 * a gate is only added where its widths allow it. All wires are 64 bits wide unless a gate makes
 * them narrower.
 */
final class RandomProgram {
  private final SplittableRandom random;
  private final List<Program.Step> steps = new ArrayList<>();
  private final List<WeightTensor> tensors = new ArrayList<>();
  private final List<RingTensor> weights = new ArrayList<>();
  private final List<Wire.Masked> pool = new ArrayList<>();
  private final Map<Integer, Long> magnitudes = new HashMap<>();
  private final Program.Input input;
  private int nextWire;

  RandomProgram(SplittableRandom random, int gates) {
    this.random = random;
    int count = 1 + random.nextInt(12);
    long bound = 1L << random.nextInt(1, 12);
    Wire.Masked wire = masked(count, random.nextInt(40, 65), bound);
    input = new Program.Input("x", Shape.of(count), 0, bound, wire);
    pool.add(wire);
    for (int i = 0; i < gates; i++) {
      addGate();
    }
  }

  Program program() {
    List<Program.Output> outputs = new ArrayList<>();
    Wire.Masked last = pool.getLast();
    Wire.Shared out = shared(last.count(), last.width().bits(), magnitude(last));
    add(new Gate.Combine(List.of(new Gate.Combine.Term(last, 1)), 0, out));
    outputs.add(new Program.Output("y", Shape.of(out.count()), 0, Program.Finish.NONE, 0, out));
    return new Program("random", "1", Program.Reveal.USER, List.of(input), tensors, steps, outputs);
  }

  List<RingTensor> weights() {
    return weights;
  }

  RingTensor randomInput() {
    long[] values = random.longs(input.wire().count(), -input.bound(), input.bound() + 1).toArray();
    return RingTensor.takeOwnershipOf(input.shape(), values);
  }

  private void addGate() {
    Wire.Masked x = pool.get(random.nextInt(pool.size()));
    switch (random.nextInt(9)) {
      case 0, 1 -> linear(x);
      case 2 -> truncate(x, true);
      case 3 -> truncate(x, false);
      case 4 -> pieces(x);
      case 5 -> multiply(x);
      case 6 -> gather(x);
      case 7 -> table(x);
      default -> select(x);
    }
  }

  private void linear(Wire.Masked x) {
    LinearMap map = map(x.count());
    long largest = 1L + random.nextInt(30);
    long bound = Math.multiplyExact(magnitude(x), largest) * map.inputCount() + 1000;
    if (bits(bound) > x.width().bits()) {
      return;
    }
    BitWidth product = BitWidth.of(random.nextInt(bits(bound), x.width().bits() + 1));
    int weight = weight(map.weightCount(), product, largest);
    boolean biased = random.nextBoolean();
    Optional<Gate.Bias> bias =
        biased
            ? Optional.of(
                new Gate.Bias(
                    weight(1 + random.nextInt(map.outputCount()), product, 1000),
                    1 + random.nextInt(3)))
            : Optional.empty();
    Wire.Shared y = shared(map.outputCount(), product.bits(), bound);
    add(new Gate.Linear(x, map, weight, bias, y));
    open(y);
  }

  private LinearMap map(int count) {
    if (random.nextInt(3) == 0) {
      return new Scaling(count, 1 + random.nextInt(count), 1);
    }
    if (count % 2 == 0 && random.nextBoolean()) {
      var one = new Convolution.Extent(1, 1, 1);
      var zero = new Convolution.Extent(0, 0, 0);
      var side = new Convolution.Extent(0, 0, 1);
      return new Convolution(
          new Convolution.Channels(1, 2, 4, random.nextBoolean() ? 1 : 2),
          new Convolution.Extent(1, 1, count / 2),
          new Convolution.Extent(1, 1, 2),
          new Convolution.Window(one, one, zero, side));
    }
    int rows = count % 3 == 0 ? 3 : 1;
    return new Dense(rows, count / rows, 1 + random.nextInt(9));
  }

  private void truncate(Wire.Masked x, boolean relu) {
    if (x.width().bits() < 6) {
      return;
    }
    int shift = random.nextInt(relu ? 0 : 1, Math.min(18, x.width().bits() - 3));
    int least = Math.max(2, bits(magnitude(x) + (1L << shift) + 2) - shift + 1);
    if (least + shift > x.width().bits()) {
      return;
    }
    int value = random.nextInt(least, x.width().bits() - shift + 1);
    var truncation = new Truncation(BitWidth.of(value), shift, random.nextBoolean());
    long result = (magnitude(x) >> shift) + 1;
    int output = random.nextInt(bits(result), 65);
    Wire.Shared y = shared(x.count(), output, result);
    if (relu) {
      add(new Gate.ReluTruncate(x, truncation, y));
    } else {
      boolean local = output <= value && random.nextBoolean();
      add(new Gate.Truncate(x, truncation, local ? Gate.Carry.SHARED : Gate.Carry.OPENED, y));
    }
    open(y);
  }

  private void pieces(Wire.Masked x) {
    List<Piece> pieces = new ArrayList<>();
    long threshold = random.nextLong(-5, 6);
    for (int i = 0; i <= random.nextInt(3); i++) {
      pieces.add(new Piece(random.nextLong(-4, 5), threshold + i));
    }
    long bound = (magnitude(x) + 20) * 12;
    int compared = bits(magnitude(x) + 20) + 1;
    if (bits(bound) > x.width().bits() || compared > x.width().bits()) {
      return;
    }
    Wire.Shared y = shared(x.count(), x.width().bits(), bound);
    int width = random.nextInt(compared, x.width().bits() + 1);
    add(new Gate.PiecewiseLinear(x, BitWidth.of(width), pieces, y));
    open(y);
  }

  private void multiply(Wire.Masked x) {
    for (Wire.Masked other : pool) {
      int width = Math.min(x.width().bits(), other.width().bits());
      if (other.count() == x.count() && bits(magnitude(x)) + bits(magnitude(other)) < width) {
        Wire.Shared y = shared(x.count(), width, magnitude(x) * magnitude(other));
        add(new Gate.Multiply(x, other, y));
        open(y);
        return;
      }
    }
  }

  private void gather(Wire.Masked x) {
    int terms = 1 + random.nextInt(3);
    int count = 1 + random.nextInt(12);
    int[] indices = random.ints((long) count * terms, IndexMap.NOTHING, x.count()).toArray();
    long bound = magnitude(x) * terms;
    if (bits(bound) > x.width().bits()) {
      return;
    }
    Wire.Masked gathered = masked(count, x.width().bits(), bound);
    add(new Gate.Gather(List.of(x), IndexMap.sums(indices, terms), gathered));
    pool.add(gathered);
  }

  private void table(Wire.Masked x) {
    int bits = random.nextInt(1, Math.min(8, x.width().bits()) + 1);
    long[] entries = random.longs(1L << bits, -500, 500).toArray();
    Wire.Shared y = shared(x.count(), random.nextInt(10, 65), 500);
    add(new Gate.Table(x, LookupTable.takeOwnershipOf(entries), y));
    open(y);
  }

  private void select(Wire.Masked x) {
    int compared = bits(magnitude(x)) + 1;
    if (compared > x.width().bits()) {
      return;
    }
    Wire.Masked payload = pool.stream().filter(w -> w.count() == x.count()).findFirst().orElse(x);
    Wire.Shared first = shared(x.count(), payload.width().bits(), magnitude(payload));
    Wire.Shared second = shared(x.count(), x.width().bits(), magnitude(x));
    add(new Gate.Select(x, BitWidth.of(compared), List.of(payload, x), List.of(first, second)));
    open(first);
    Wire.Shared sum = shared(x.count(), x.width().bits(), magnitude(x) * 2 + 3);
    if (bits(magnitude(sum)) <= sum.width().bits()) {
      add(
          new Gate.Combine(
              List.of(new Gate.Combine.Term(second, 1), new Gate.Combine.Term(x, -1)), 3, sum));
      open(sum);
    }
  }

  private void open(Wire.Shared y) {
    Wire.Masked opened = masked(y.count(), y.width().bits(), magnitude(y));
    add(new Gate.Open(y, opened));
    pool.add(opened);
  }

  private void add(Gate gate) {
    steps.add(new Program.Step("step " + steps.size(), gate));
  }

  private int weight(int count, BitWidth width, long largest) {
    weights.add(RingTensor.takeOwnershipOf(random.longs(count, -largest, largest + 1).toArray()));
    tensors.add(new WeightTensor("w" + tensors.size(), count, width, 0));
    return tensors.size() - 1;
  }

  private Wire.Masked masked(int count, int bits, long magnitude) {
    magnitudes.put(nextWire, magnitude);
    return new Wire.Masked(nextWire++, count, BitWidth.of(bits));
  }

  private Wire.Shared shared(int count, int bits, long magnitude) {
    magnitudes.put(nextWire, magnitude);
    return new Wire.Shared(nextWire++, count, BitWidth.of(bits));
  }

  private long magnitude(Wire wire) {
    return magnitudes.getOrDefault(wire.id(), Long.MAX_VALUE);
  }

  /** Bits of a signed number of at most this magnitude. */
  private static int bits(long magnitude) {
    return 65 - Long.numberOfLeadingZeros(magnitude);
  }
}
