package io.maskwire.signin;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/** Keeps the development identity on the machine that it is for. */
@Singleton
final class DevelopmentGuard {
  private static final System.Logger LOG = System.getLogger(DevelopmentGuard.class.getName());
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private final SignInConfig config;
  private final String host;

  DevelopmentGuard(SignInConfig config, VertxHttpConfig http) {
    this.config = config;
    host = http.host();
  }

  void start(@Observes StartupEvent event) {
    if (config.mode() == SignInConfig.Mode.DEVELOPMENT) {
      require(host, config.developmentBeyondLoopback());
      LOG.log(
          System.Logger.Level.WARNING,
          "development identity: whoever reaches {0} is user, owner and operator",
          host);
    }
  }

  /**
   * Checks that strangers do not reach {@code host}.
   *
   * @param beyondLoopback whether something else sees to that
   * @throws IllegalStateException if they might
   */
  static void require(String host, boolean beyondLoopback) {
    if (!beyondLoopback && !LOOPBACK.contains(host)) {
      throw new IllegalStateException(
          ("maskwire.sign-in.mode=development gives everybody all roles, and %s is not the loopback"
                  + " interface: set quarkus.http.host=127.0.0.1, or maskwire.sign-in.mode=oidc")
              .formatted(host));
    }
  }
}
