package io.maskwire.party;

import io.maskwire.party.session.WarmSessions;
import io.quarkus.funqy.Funq;

/** Says what this instance is doing. */
public class StatusFunction {
  private final PartyConfig config;
  private final WarmSessions warm;

  /** Over this instance's sessions. */
  public StatusFunction(PartyConfig config, WarmSessions warm) {
    this.config = config;
    this.warm = warm;
  }

  /**
   * An instance's state.
   *
   * @param role of the party
   * @param warmSessions that are in memory
   * @param warmBytes that they take, about
   */
  public record Status(int role, int warmSessions, long warmBytes) {}

  /** The state of this instance. */
  @Funq("status")
  public Status status() {
    return new Status(config.role(), warm.size(), warm.estimatedBytes());
  }
}
