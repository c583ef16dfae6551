package io.maskwire.party;

import io.maskwire.exchange.store.Container;
import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Where the containers are. */
@ConfigMapping(prefix = "maskwire.store")
public interface StoreConfig {
  /**
   * Addresses by the containers' names: {@code https} with a shared access signature, or the {@code
   * file} address of a folder.
   */
  Map<String, String> containers();

  /** The address of {@code container}. */
  default String address(Container container) {
    String address = containers().get(container.container());
    if (address == null) {
      throw new IllegalArgumentException(
          "set maskwire.store.containers.\"%s\" to the container's address"
              .formatted(container.container()));
    }
    return address;
  }
}
