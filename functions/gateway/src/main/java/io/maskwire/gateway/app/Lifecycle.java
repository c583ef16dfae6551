package io.maskwire.gateway.app;

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

/** What happens at the start, and from time to time. */
@Singleton
public class Lifecycle {
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

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    catalogue.refresh();
    keys.refresh();
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
