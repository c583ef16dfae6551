package io.maskwire.infra.broker;

import java.security.Provider;
import java.security.Security;
import org.apache.kafka.common.security.plain.internals.PlainSaslServerProvider;

/**
 * Kafka registers its SASL providers by name, once in a process. Where Kafka's classes are loaded
 * again, as for another application in the same test run, those of the former class loader would
 * stay, and refuse every login with callbacks that they do not know.
 */
final class SaslProviders {
  private SaslProviders() {}

  /** Registers those of this class loader, in place of any other's. */
  static void register() {
    for (Provider provider : Security.getProviders()) {
      if (provider.getClass().getPackageName().startsWith("org.apache.kafka.")) {
        Security.removeProvider(provider.getName());
      }
    }
    PlainSaslServerProvider.initialize();
  }
}
