package io.maskwire.party;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of a party. */
@ConfigMapping(prefix = "maskwire.party")
public interface PartyConfig {
  /** 0 (the model's owner) or 1 (the user's side); fixed per deployment. */
  int role();

  /** The party's certificate, PEM, EC P-256. Users seal their inputs for it. */
  Path certificate();

  /** The certificate's private key, PEM, PKCS#8. */
  Path privateKey();

  /** The other party's certificate, PEM. */
  Path peerCertificate();

  /** Own keys and session logs older than this are erased. Longer than any session lives. */
  @WithDefault("PT48H")
  Duration keyLifetime();

  /** How often it is looked for old keys and logs; {@code off} for never. */
  @WithDefault("1h")
  String sweepEvery();

  /** Events that are handled at a time, of different sessions; more of them wait at the broker. */
  @WithDefault("64")
  int concurrency();

  /** Preparations that run at a time: fewer than there are cores, so that rounds find one. */
  @WithDefault("1")
  int preparations();

  /**
   * How long a session's progress may wait to be written: with more, fewer writes; after a crash so
   * much is computed again.
   */
  @WithDefault("PT0.2S")
  Duration checkpointDelay();

  /** How long an event is tried while store or broker fail, before the process stops. */
  @WithDefault("PT1M")
  Duration retryFor();

  /** Model versions that are kept in memory. */
  @WithDefault("4")
  int models();

  /** Memory for sessions between two rounds, about. */
  @WithDefault("256M")
  MemorySize warmMemory();

  /** Keys are read in pieces of this size. */
  @WithDefault("4M")
  MemorySize readAheadWindow();

  /** Memory for keys that are read ahead, over all sessions. */
  @WithDefault("256M")
  MemorySize readAheadMemory();
}
