package io.maskwire.dealer.function;

import io.maskwire.dealer.KeyContainers;
import io.maskwire.exchange.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the dealer's own store answers; the broker's channels report themselves. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {
  private static final String NO_BLOB = "health";

  private final KeyContainers containers;

  StoreHealth(KeyContainers containers) {
    this.containers = containers;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      containers.masks().length(NO_BLOB);
      return HealthCheckResponse.up("store");
    } catch (StoreException e) {
      return HealthCheckResponse.named("store")
          .down()
          .withData("reason", e.reason().name())
          .build();
    }
  }
}
