package io.maskwire.infra.broker;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.kept.KeptProperties;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * How to reach the broker of a data folder, and as whom: address and passwords, made at the first
 * use of the folder and kept in it. Works without the broker running, and in other processes.
 */
public final class BrokerAccess {
  static final String ADMIN = "admin";
  static final String HOST = "127.0.0.1";
  static final String MECHANISM = "SCRAM-SHA-512";

  private final Path folder;
  private final KeptProperties kept;

  private BrokerAccess(Path folder, KeptProperties kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /** The access to the broker whose data are in {@code folder}. */
  public static BrokerAccess in(Path folder) {
    BrokerAccess access =
        new BrokerAccess(folder, KeptProperties.in(folder.resolve("broker.properties")));
    access.port();
    access.controllerPort();
    access.clusterId();
    access.password(ADMIN);
    for (Domain domain : Domain.values()) {
      access.password(domain.account());
    }
    return access;
  }

  Path folder() {
    return folder;
  }

  /** The port that clients connect to. */
  public int port() {
    return kept.port("port");
  }

  int controllerPort() {
    return kept.port("controller.port");
  }

  String clusterId() {
    return kept.get("cluster.id", () -> Uuid.randomUuid().toString());
  }

  String password(String principal) {
    return kept.password("password." + principal);
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return HOST + ":" + port();
  }

  /** Settings of a Kafka client that acts for {@code domain}. */
  public Map<String, String> clientProperties(Domain domain) {
    return properties(domain.account());
  }

  /** {@link #clientProperties} as Quarkus reads them: with the prefix {@code kafka.}. */
  public Map<String, String> functionProperties(Domain domain) {
    Map<String, String> prefixed = new HashMap<>();
    clientProperties(domain).forEach((name, value) -> prefixed.put("kafka." + name, value));
    return Map.copyOf(prefixed);
  }

  /** Settings of a Kafka client that may do everything. */
  public Map<String, String> adminProperties() {
    return properties(ADMIN);
  }

  /** A client that may do everything. */
  public Admin admin() {
    return Admin.create(new HashMap<String, Object>(adminProperties()));
  }

  private Map<String, String> properties(String principal) {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers(),
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "SASL_PLAINTEXT",
        SaslConfigs.SASL_MECHANISM,
        MECHANISM,
        SaslConfigs.SASL_JAAS_CONFIG,
        scramLogin(principal));
  }

  String scramLogin(String principal) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(principal, password(principal));
  }
}
