package io.maskwire.operations;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.Readiness;

/**
 * Asks the store once while the rest of the function starts: its client takes longest to be made,
 * and the first who asks whether the function is ready would wait for it.
 */
@ApplicationScoped
class StoreWarmUp {
  private static final int EARLY = 1;

  private final StoreReadiness store;

  StoreWarmUp(@Readiness StoreReadiness store) {
    this.store = store;
  }

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    Thread.ofVirtual().name("store-warm-up").start(store::call);
  }
}
