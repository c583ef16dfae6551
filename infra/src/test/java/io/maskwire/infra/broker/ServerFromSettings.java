package io.maskwire.infra.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker with settings of whatever origin, formatted as Kafka's own image does. */
public final class ServerFromSettings implements AutoCloseable {
  private final KafkaRaftServer server;

  private ServerFromSettings(KafkaRaftServer server) {
    this.server = server;
  }

  /** Formats the folder that the settings name, and starts the broker. */
  public static ServerFromSettings start(Properties settings) throws Exception {
    String log = settings.getProperty("log.dirs");
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
        .setDirectories(List.of(log))
        .setMetadataLogDirectory(log)
        .setControllerListenerName(settings.getProperty("controller.listener.names"))
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
    return new ServerFromSettings(server);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
