package io.maskwire.dealer.function;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Where the containers are. */
@ConfigMapping(prefix = "maskwire.store")
public interface StoreConfig {
  /**
   * The address of each container that the dealer uses, by its name: {@code models, keys-party0,
   * keys-party1, keys-common, masks, vault}. With a shared access signature, or the {@code file}
   * address of a folder.
   */
  Map<String, String> containers();
}
