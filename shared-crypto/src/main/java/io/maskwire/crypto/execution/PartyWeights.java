package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A model version as a party holds it: the masked weights and its shares of the weights, expanded
 * once and used by all sessions.
 */
public final class PartyWeights {
  private final List<RingTensor> masked;
  private final List<long[]> masks = new ArrayList<>();
  private final List<long[]> shares = new ArrayList<>();

  /**
   * Prepares a version.
   *
   * @param masked W^, in the program's order
   * @param seed the role's version seed
   */
  public PartyWeights(Program program, Role role, List<RingTensor> masked, Seed seed) {
    if (masked.size() != program.weights().size()) {
      throw new IllegalArgumentException(
          "%d masked tensors for %d weights".formatted(masked.size(), program.weights().size()));
    }
    this.masked = List.copyOf(masked);
    for (int index = 0; index < masked.size(); index++) {
      WeightTensor tensor = program.weights().get(index);
      long[] mask = VersionSeeds.expand(seed, index, tensor);
      shares.add(role.shareOf(masked.get(index).values(), mask));
      masks.add(constant(program, index) ? mask : new long[0]);
    }
  }

  /** True if the tensor is used as a wire of its own, which alone needs the bare mask. */
  private static boolean constant(Program program, int index) {
    return program.steps().stream()
        .anyMatch(
            step -> step.gate() instanceof Gate.Constant constant && constant.weight() == index);
  }

  /** W^ of tensor {@code index}. */
  long[] masked(int index) {
    return masked.get(index).values();
  }

  /** This party's share of tensor {@code index}. */
  long[] share(int index) {
    return shares.get(index);
  }

  /** This party's half of the mask of tensor {@code index}, kept for constants only. */
  long[] mask(int index) {
    return masks.get(index);
  }
}
