package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ProgramId;

/**
 * A model version as one party serves it: shared by all its sessions.
 *
 * @param program what to compute
 * @param id names it
 * @param role which party this is, fixed per version
 * @param weights masked weights and shares
 * @param schedule of the program
 * @param plan of its keys
 */
public record PartyModel(
    Program program,
    ProgramId id,
    Role role,
    PartyWeights weights,
    Schedule schedule,
    KeyPlan plan) {

  /** The model with its schedule and key plan. */
  public static PartyModel of(Program program, ProgramId id, Role role, PartyWeights weights) {
    return new PartyModel(program, id, role, weights, Schedule.of(program), new KeyPlan(program));
  }
}
