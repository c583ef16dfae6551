package io.maskwire.compiler.function;

import io.maskwire.exchange.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the owner's store answers; the broker's channel reports itself. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {
  private static final String NO_BLOB = "health";

  private final OwnerContainers containers;

  StoreHealth(OwnerContainers containers) {
    this.containers = containers;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      containers.models().length(NO_BLOB);
      return HealthCheckResponse.up("store");
    } catch (StoreException e) {
      return HealthCheckResponse.named("store")
          .down()
          .withData("reason", e.reason().name())
          .build();
    }
  }
}
