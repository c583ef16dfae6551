package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.party.fixture.Faults;
import io.maskwire.party.fixture.World;

/** Engines for tests of other packages. */
public final class PartyEngines {
  private PartyEngines() {}

  /** An engine that never crashes. */
  public static SessionEngine plain(World world, Role role, Outbox outbox) {
    return new Instance(world, role, new Faults(), outbox).engine;
  }
}
