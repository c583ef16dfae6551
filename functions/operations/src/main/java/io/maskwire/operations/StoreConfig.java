package io.maskwire.operations;

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
   * By the container's name: an {@code https} address with a shared access signature, or the {@code
   * file} address of a folder. A function's README lists the containers that it needs.
   */
  Map<String, String> containers();

  /**
   * Opens {@code container}.
   *
   * @throws IllegalArgumentException if its address is not set
   */
  default BlobContainer open(Container container) {
    String address = containers().get(container.container());
    if (address == null) {
      throw new IllegalArgumentException(
          "set maskwire.store.containers.\"%s\" to the container's address"
              .formatted(container.container()));
    }
    return Stores.open(address);
  }
}
