package io.maskwire.gateway.app;

import io.maskwire.exchange.store.StoreException;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready if the store answers; the channels' own checks tell of the broker. */
@Singleton
@Readiness
public class StoreHealth implements HealthCheck {
  private final Assembly.Containers containers;

  StoreHealth(Assembly.Containers containers) {
    this.containers = containers;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      containers.sessions().length("health");
      return HealthCheckResponse.up("store");
    } catch (StoreException e) {
      return HealthCheckResponse.named("store")
          .down()
          .withData("reason", e.reason().name())
          .build();
    }
  }
}
