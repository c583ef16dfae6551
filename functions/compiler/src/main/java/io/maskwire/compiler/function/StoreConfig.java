package io.maskwire.compiler.function;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Where the containers are. */
@ConfigMapping(prefix = "maskwire.store")
public interface StoreConfig {
  /**
   * The address of each container that the compiler uses, by its name: {@code onnx, models,
   * masked-weights}. With a shared access signature, or the {@code file} address of a folder.
   */
  Map<String, String> containers();
}
