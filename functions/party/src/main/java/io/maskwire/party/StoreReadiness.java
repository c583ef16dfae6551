package io.maskwire.party;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.exchange.store.Stores;
import io.maskwire.party.session.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready if the container of logs answers. The broker's channels are checked by the connector. */
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {
  private final BlobContainer state;

  StoreReadiness(Identity identity, StoreConfig stores) {
    state = Stores.open(stores.address(Container.stateOf(identity.role())));
  }

  @Override
  public HealthCheckResponse call() {
    try {
      boolean ignored = state.length("readiness").isPresent();
      return HealthCheckResponse.named("store").up().withData("probe", ignored).build();
    } catch (StoreException e) {
      return HealthCheckResponse.named("store")
          .down()
          .withData("reason", e.reason().name())
          .build();
    }
  }
}
