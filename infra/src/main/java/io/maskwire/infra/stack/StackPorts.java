package io.maskwire.infra.stack;

import io.maskwire.infra.kept.FreePort;
import io.maskwire.infra.kept.KeptProperties;
import java.nio.file.Path;

/** The functions' ports: the gateway's as wanted, the others free ones that are kept. */
final class StackPorts implements FunctionAddresses {
  private static final String HOST = "127.0.0.1";

  private final KeptProperties kept;
  private final int gateway;

  StackPorts(Path data, int gateway) {
    this.kept = KeptProperties.in(data.resolve("ports.properties"));
    this.gateway = gateway;
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public boolean isBeyondLoopback() {
    return false;
  }

  @Override
  public int port(FunctionInstance instance) {
    return of(instance.name());
  }

  private int of(String name) {
    return name.equals(FunctionInstance.GATEWAY) ? gateway : kept.port(name);
  }

  @Override
  public String url(String name) {
    return "http://%s:%d".formatted(HOST, of(name));
  }

  /** Users are on this machine too. */
  @Override
  public String publicUrl(String name) {
    return url(name);
  }

  void requireFree(FunctionInstance instance) {
    if (!FreePort.isFree(port(instance))) {
      throw new IllegalStateException(
          "port %d, for the %s, is in use: stop what listens there%s"
              .formatted(
                  port(instance),
                  instance.name(),
                  instance.name().equals(FunctionInstance.GATEWAY) ? ", or use --port" : ""));
    }
  }
}
