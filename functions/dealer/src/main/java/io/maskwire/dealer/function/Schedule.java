package io.maskwire.dealer.function;

import io.maskwire.dealer.Refill;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks after the stock when no event does, at the start for one. */
@ApplicationScoped
public class Schedule {
  private final Refill refill;

  Schedule(Refill refill) {
    this.refill = refill;
  }

  @Scheduled(every = "${maskwire.dealer.sweep-every:PT1M}")
  void sweep() {
    refill.sweep();
  }
}
