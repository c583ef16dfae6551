package io.maskwire.infra.broker;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.kept.FreePort;
import io.maskwire.infra.kept.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in this process, for the local stack and for tests. Listens on 127.0.0.1 alone;
 * knows the principals of the three trust domains and an administrator; denies what no access
 * control list allows. The folder keeps data, port and passwords from one start to the next.
 */
public final class LocalBroker implements AutoCloseable {
  private final BrokerAccess access;
  private final KafkaRaftServer server;

  private LocalBroker(BrokerAccess access, KafkaRaftServer server) {
    this.access = access;
    this.server = server;
  }

  /**
   * Starts the broker whose data are in {@code folder}, which is made if it is not there; returns
   * when clients can connect.
   */
  public static LocalBroker start(Path folder) {
    BrokerAccess access = BrokerAccess.in(PrivateFiles.folder(folder));
    for (int port : new int[] {access.port(), access.controllerPort()}) {
      if (!FreePort.isFree(port)) {
        throw new IllegalStateException(
            "port %d of the broker in %s is in use: stop what listens there"
                .formatted(port, folder));
      }
    }
    format(access);
    SaslProviders.register();
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(BrokerSettings.of(access)), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
    return new LocalBroker(access, server);
  }

  private static void format(BrokerAccess access) {
    Path log = access.folder().resolve("log");
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setClusterId(access.clusterId())
          .setNodeId(BrokerSettings.NODE_ID)
          .setDirectories(List.of(log.toString()))
          .setMetadataLogDirectory(log.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot format the broker's folder " + log, e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot format the broker's folder " + log, e);
    }
  }

  /** Address and credentials. */
  public BrokerAccess access() {
    return access;
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return access.bootstrapServers();
  }

  /** Settings of a Kafka client that acts for {@code domain}. */
  public Map<String, String> clientProperties(Domain domain) {
    return access.clientProperties(domain);
  }

  /** {@link #clientProperties} as Quarkus reads them: with the prefix {@code kafka.}. */
  public Map<String, String> functionProperties(Domain domain) {
    return access.functionProperties(domain);
  }

  /** A client that may do everything. */
  public Admin admin() {
    return access.admin();
  }

  /** Waits until the broker has stopped. */
  public void awaitStop() {
    server.awaitShutdown();
  }

  /** Stops the broker; its data stay. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
