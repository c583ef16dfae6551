package io.maskwire.infra.broker;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * How a principal logs in to a broker of the local stack or the compose file: SASL with mechanism
 * PLAIN, as Event Hubs has it, there in TLS. Passwords are random, so nothing is gained by making
 * every connection compute a slow hash of them (ADR 14).
 *
 * @param servers where the broker listens
 * @param principal who logs in
 * @param password its password
 */
public record BrokerLogin(String servers, String principal, String password) {
  static final String MECHANISM = "PLAIN";

  /** Settings of a Kafka client. */
  public Map<String, String> clientProperties() {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        servers,
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "SASL_PLAINTEXT",
        SaslConfigs.SASL_MECHANISM,
        MECHANISM,
        SaslConfigs.SASL_JAAS_CONFIG,
        module() + ";");
  }

  /** {@link #clientProperties} as Quarkus reads them: with the prefix {@code kafka.}. */
  public Map<String, String> functionProperties() {
    Map<String, String> prefixed = new HashMap<>();
    clientProperties().forEach((name, value) -> prefixed.put("kafka." + name, value));
    return Map.copyOf(prefixed);
  }

  /** The login module of the broker itself, which knows the passwords of {@code users}. */
  String serverModule(Map<String, String> users) {
    StringBuilder module = new StringBuilder(module());
    users.forEach((user, secret) -> module.append(" user_%s=\"%s\"".formatted(user, secret)));
    return module.append(';').toString();
  }

  private String module() {
    return "%s required username=\"%s\" password=\"%s\""
        .formatted(PlainLoginModule.class.getName(), principal, password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return principal + " at " + servers;
  }
}
