package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.prg.Expansion;
import io.maskwire.crypto.prg.Label;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import java.security.SecureRandom;

/**
 * The two seeds of a model version's weight mask r_W = r_W0 + r_W1. The owner gets both once, to
 * mask the weights; each party keeps its own. Whoever has held one half never gets the other, the
 * owner excepted.
 *
 * @param party0 expands r_W0
 * @param party1 expands r_W1
 */
public record VersionSeeds(Seed party0, Seed party1) {

  /** Fresh seeds for a new version. */
  public static VersionSeeds random(SecureRandom random) {
    Seed root = Seed.randomRoot(random);
    try {
      return new VersionSeeds(
          root.derive(new Label(Label.Purpose.VERSION, 0, 0)),
          root.derive(new Label(Label.Purpose.VERSION, 0, 1)));
    } finally {
      root.wipe();
    }
  }

  /** The seed of {@code role}. */
  public Seed of(Role role) {
    return role == Role.PARTY_0 ? party0 : party1;
  }

  /** The half of the mask of tensor number {@code index} that {@code seed} expands. */
  static long[] expand(Seed seed, int index, WeightTensor tensor) {
    return expansion(seed, index).values(tensor.count(), tensor.width());
  }

  private static Expansion expansion(Seed seed, int index) {
    return seed.derive(Label.of(Label.Purpose.WEIGHT_MASK, index)).expand();
  }

  /** r_W of tensor number {@code index}, unreduced. */
  long[] mask(int index, WeightTensor tensor) {
    return Expansion.sum(
        expansion(party0, index), expansion(party1, index), tensor.count(), tensor.width());
  }

  /** Overwrites both seeds. */
  public void wipe() {
    party0.wipe();
    party1.wipe();
  }
}
