package io.maskwire.dealer.function;

import io.maskwire.dealer.Refill;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Looks after the stock when no event does: at the start, and then from time to time. */
@ApplicationScoped
public class Schedule {
  private final Refill refill;

  Schedule(Refill refill) {
    this.refill = refill;
  }

  /** Channels to the broker are connected before this event. */
  void start(@Observes StartupEvent event) {
    refill.sweep();
  }

  @Scheduled(
      every = "${maskwire.dealer.sweep-every:PT1M}",
      delayed = "${maskwire.dealer.sweep-every:PT1M}")
  void sweep() {
    refill.sweep();
  }
}
