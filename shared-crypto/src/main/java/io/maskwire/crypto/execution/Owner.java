package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.List;

/** What the owner does once per model version: W^ = W + r_W mod 2^N for every tensor. */
public final class Owner {
  private Owner() {}

  /** The masked weights, to be published to both parties. */
  public static List<RingTensor> maskWeights(
      Program program, List<RingTensor> weights, VersionSeeds seeds) {
    List<RingTensor> masked = new ArrayList<>();
    for (int index = 0; index < program.weights().size(); index++) {
      WeightTensor tensor = program.weights().get(index);
      long[] sum = seeds.mask(index, tensor);
      long[] values = weights.get(index).values();
      if (values.length != sum.length) {
        throw new IllegalArgumentException(
            "weight '%s' has %d elements, the program says %d"
                .formatted(tensor.name(), values.length, sum.length));
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] = tensor.width().reduce(sum[i] + values[i]);
      }
      masked.add(RingTensor.takeOwnershipOf(sum));
    }
    return masked;
  }
}
