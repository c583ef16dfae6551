package io.maskwire.infra.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the services of {@code infra/compose.yaml} are: by their names for each other, by published
 * ports of the loopback interface for users.
 *
 * @param broker address of the broker
 * @param store address of the store
 * @param publicStore address of the store for the owner
 */
record ComposeAddresses(String broker, String store, String publicStore)
    implements FunctionAddresses {
  /** Where each function sees the folder that was made for it. */
  static final Path SETTINGS = Path.of("/settings");

  private static final int PORT = 8080;

  /** As users see functions; the compose file publishes them there. */
  private static final Map<String, Integer> PUBLIC_PORTS =
      Map.of(
          FunctionInstance.GATEWAY, 8080,
          FunctionInstance.COMPILER, 8082,
          FunctionInstance.DEALER, 8083);

  /** Those of the compose file. */
  static ComposeAddresses ofTheFile() {
    return new ComposeAddresses("broker:9092", "http://store:10000", "http://127.0.0.1:10000");
  }

  @Override
  public String host() {
    return "0.0.0.0";
  }

  /** Ports of containers are published on the loopback interface alone. */
  @Override
  public boolean isBeyondLoopback() {
    return true;
  }

  @Override
  public int port(FunctionInstance instance) {
    return PORT;
  }

  @Override
  public String url(String name) {
    return "http://%s:%d".formatted(name, PORT);
  }

  @Override
  public String publicUrl(String name) {
    Integer port = PUBLIC_PORTS.get(name);
    if (port == null) {
      throw new IllegalArgumentException("users do not see " + name);
    }
    return "http://127.0.0.1:" + port;
  }
}
