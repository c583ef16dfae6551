package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.List;

/** The tensors of the gates that were kept, numbered anew, each as wide as its gate. */
final class WeightTable {
  private final Emitter emitter;
  private final List<WeightTensor> tensors = new ArrayList<>();
  private final List<RingTensor> values = new ArrayList<>();

  WeightTable(Emitter emitter) {
    this.emitter = emitter;
  }

  /** The new number of a tensor. */
  int use(int weight, BitWidth width) {
    WeightTensor tensor = emitter.weights().get(weight);
    tensors.add(new WeightTensor(tensor.name(), tensor.count(), width, tensor.scale()));
    values.add(emitter.weightValues().get(weight));
    return tensors.size() - 1;
  }

  /** Bits that hold every element with its sign. */
  int signedBits(int weight) {
    long all = 0;
    for (long value : emitter.weightValues().get(weight).values()) {
      all |= value ^ (value >> (Long.SIZE - 1));
    }
    return Long.SIZE + 1 - Long.numberOfLeadingZeros(all);
  }

  List<WeightTensor> tensors() {
    return tensors;
  }

  List<RingTensor> values() {
    return values;
  }
}
