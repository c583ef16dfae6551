package io.maskwire.cli.inference;

import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartyWeights;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import java.security.SecureRandom;
import java.util.List;

/**
 * A model version with all roles in this process: weights masked once under fresh seeds, ready for
 * any number of sessions.
 *
 * @param program what is computed
 * @param id names it
 * @param weights the owner's, in clear, to check the secure result against
 * @param party0 the version as party 0 holds it
 * @param party1 the version as party 1 holds it
 * @param dealer deals its sessions
 */
public record ModelVersion(
    Program program,
    ProgramId id,
    List<RingTensor> weights,
    PartyModel party0,
    PartyModel party1,
    Dealer dealer) {

  /** Draws version seeds and masks the weights. */
  public static ModelVersion prepare(
      Program program, List<RingTensor> weights, SecureRandom random) {
    ProgramId id = ProgramCodec.idOf(program);
    VersionSeeds seeds = VersionSeeds.random(random);
    List<RingTensor> masked = Owner.maskWeights(program, weights, seeds);
    PartyModel party0 = party(program, id, Role.PARTY_0, masked, seeds);
    PartyModel party1 = party(program, id, Role.PARTY_1, masked, seeds);
    return new ModelVersion(program, id, weights, party0, party1, new Dealer(program, id, seeds));
  }

  private static PartyModel party(
      Program program, ProgramId id, Role role, List<RingTensor> masked, VersionSeeds seeds) {
    return PartyModel.of(
        program, id, role, new PartyWeights(program, role, masked, seeds.of(role)));
  }

  /** Sizes of a session's key files. */
  public KeyPlan plan() {
    return party0.plan();
  }
}
