package io.maskwire.gateway.app;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Stores;
import io.smallrye.config.ConfigMapping;
import java.util.Map;

/**
 * Where containers are, as {@code maskwire.store.*}. Addresses carry credentials: never log them.
 */
@ConfigMapping(prefix = "maskwire.store")
public interface StoreConfig {

  /**
   * By the container's name: an address with a shared access signature, or {@code file:} and a
   * folder. The gateway needs {@code models}, {@code keys-party1}, {@code sessions}, {@code
   * inputs}, {@code results} and {@code claims-results}.
   */
  Map<String, String> containers();

  /** Opens a container. */
  default BlobContainer open(Container container) {
    String address = containers().get(container.container());
    if (address == null) {
      throw new IllegalArgumentException(
          "set maskwire.store.containers.%s to the container's address"
              .formatted(container.container()));
    }
    return Stores.open(address);
  }
}
