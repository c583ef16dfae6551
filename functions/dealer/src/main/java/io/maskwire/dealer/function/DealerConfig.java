package io.maskwire.dealer.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How a dealer is configured. */
@ConfigMapping(prefix = "maskwire.dealer")
public interface DealerConfig {
  /** Sessions that are kept ready for each version of a model. */
  @WithDefault("4")
  int stock();

  /**
   * Most bytes of keys in {@code keys-common}, over all versions: refilling stops there. The files
   * of party 1 come on top, in its own storage; they are a tenth of it or less.
   */
  @WithDefault("17179869184")
  long diskBytes();

  /** Keys that nobody has used are erased after this time. */
  @WithDefault("PT24H")
  Duration keyLifetime();

  /** How often the stock is checked, and what is over erased, if no event has asked for it. */
  @WithDefault("PT1M")
  Duration sweepEvery();

  /** Between the end of a session and the dealing of another, if the stock is not low. */
  @WithDefault("PT0.5S")
  Duration refillPause();

  /**
   * Between the retirement of a version and the erasure of its sessions that nobody has: by then
   * the dealer knows which were opened just before.
   */
  @WithDefault("PT10S")
  Duration retirementPause();

  /** Versions of models whose masks stay in memory between sessions. */
  @WithDefault("4")
  int warmVersions();

  /** The public key of the gateway, PEM: who signs tokens of sessions. */
  Path gatewayKey();

  /** The public key of the owner, PEM: who signs tokens of versions. */
  Path ownerKey();
}
