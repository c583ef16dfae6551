package io.maskwire.gateway.app;

import io.maskwire.exchange.store.StoreException;
import io.maskwire.gateway.model.ModelCatalogue;
import io.maskwire.gateway.session.Expiry;
import io.maskwire.gateway.session.Progress;
import io.maskwire.gateway.session.ReadyKeys;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What happens at the start, and from time to time. */
@Singleton
public class Lifecycle {
  private static final Logger LOG = System.getLogger(Lifecycle.class.getName());
  private static final int EARLY = 1;

  private final ModelCatalogue catalogue;
  private final ReadyKeys keys;
  private final Expiry expiry;
  private final Progress progress;

  Lifecycle(ModelCatalogue catalogue, ReadyKeys keys, Expiry expiry, Progress progress) {
    this.catalogue = catalogue;
    this.keys = keys;
    this.expiry = expiry;
    this.progress = progress;
  }

  /** What is stored already is taken up beside the rest of the start; who needs it sooner waits. */
  void start(@Observes @Priority(EARLY) StartupEvent event) {
    Thread.ofVirtual().name("refresh").start(this::refresh);
  }

  private void refresh() {
    try {
      catalogue.refresh();
      keys.refresh();
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the store does not answer; it is asked again when needed", e);
    }
  }

  @Scheduled(
      every = "${maskwire.gateway.sweep-interval:10s}",
      delayed = "5s",
      concurrentExecution = ConcurrentExecution.SKIP)
  void sweep() {
    expiry.sweep();
  }

  @Scheduled(every = "${maskwire.gateway.heartbeat-interval:15s}")
  void heartbeat() {
    progress.heartbeat();
  }
}
