package io.maskwire.party;

import io.maskwire.party.session.Sweeper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Erases old keys and logs now and then. */
@ApplicationScoped
class KeySweep {
  private static final Logger LOG = Logger.getLogger(KeySweep.class);

  private final Sweeper sweeper;
  private final PartyConfig config;

  KeySweep(Sweeper sweeper, PartyConfig config) {
    this.sweeper = sweeper;
    this.config = config;
  }

  @Scheduled(every = "${maskwire.party.sweep-every:1h}", delayed = "1m")
  void sweep() {
    int erased = sweeper.sweep(Instant.now().minus(config.keyLifetime()));
    if (erased > 0) {
      LOG.infof("erased %d old keys and logs", erased);
    }
  }
}
