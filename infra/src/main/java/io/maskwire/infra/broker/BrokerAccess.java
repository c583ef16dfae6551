package io.maskwire.infra.broker;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.kept.KeptProperties;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * How to reach the broker of a data folder, and as whom: address and passwords, made at the first
 * use of the folder and kept in it. Works without the broker running, and in other processes.
 */
public final class BrokerAccess {
  static final String ADMIN = "admin";
  static final String HOST = "127.0.0.1";

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
    access.passwords();
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
    return login(domain.account()).clientProperties();
  }

  /** {@link #clientProperties} as Quarkus reads them: with the prefix {@code kafka.}. */
  public Map<String, String> functionProperties(Domain domain) {
    return login(domain.account()).functionProperties();
  }

  /** Settings of a Kafka client that may do everything. */
  public Map<String, String> adminProperties() {
    return login(ADMIN).clientProperties();
  }

  /** A client that may do everything. */
  public Admin admin() {
    return Admin.create(new HashMap<String, Object>(adminProperties()));
  }

  BrokerLogin login(String principal) {
    return new BrokerLogin(bootstrapServers(), principal, password(principal));
  }

  /** Passwords of all principals that may log in where functions do. */
  Map<String, String> passwords() {
    Map<String, String> passwords = new TreeMap<>();
    passwords.put(ADMIN, password(ADMIN));
    for (Domain domain : Domain.values()) {
      passwords.put(domain.account(), password(domain.account()));
    }
    return passwords;
  }
}
