package io.maskwire.infra.broker;

import java.util.Map;
import java.util.Properties;

/** Settings of the broker: for one machine, short waits, and little memory. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String MEBIBYTE = Integer.toString(1 << 20);

  private BrokerSettings() {}

  static Properties of(BrokerAccess access) {
    Properties settings = new Properties();
    node(settings, access);
    security(settings, access);
    internalTopics(settings);
    shortWaits(settings);
    littleMemory(settings);
    return settings;
  }

  private static void node(Properties settings, BrokerAccess access) {
    String clients = CLIENT_LISTENER + "://" + BrokerAccess.HOST + ":" + access.port();
    String controller = BrokerAccess.HOST + ":" + access.controllerPort();
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", Integer.toString(NODE_ID));
    settings.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.setProperty("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.setProperty("advertised.listeners", clients);
    settings.setProperty("inter.broker.listener.name", CLIENT_LISTENER);
    settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    settings.setProperty(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT");
    settings.setProperty("log.dirs", access.folder().resolve("log").toString());
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("delete.topic.enable", "true");
  }

  /** The controller's listener is the broker's own, but any process of the machine could try it. */
  private static void security(Properties settings, BrokerAccess access) {
    settings.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.setProperty("allow.everyone.if.no.acl.found", "false");
    settings.setProperty("super.users", "User:" + BrokerAccess.ADMIN);
    settings.setProperty("sasl.enabled.mechanisms", BrokerLogin.MECHANISM);
    settings.setProperty("sasl.mechanism.inter.broker.protocol", BrokerLogin.MECHANISM);
    settings.setProperty("sasl.mechanism.controller.protocol", BrokerLogin.MECHANISM);
    BrokerLogin self = access.login(BrokerAccess.ADMIN);
    settings.setProperty(
        "listener.name.client.plain.sasl.jaas.config", self.serverModule(access.passwords()));
    settings.setProperty(
        "listener.name.controller.plain.sasl.jaas.config",
        self.serverModule(Map.of(self.principal(), self.password())));
  }

  private static void internalTopics(Properties settings) {
    settings.setProperty("default.replication.factor", "1");
    settings.setProperty("min.insync.replicas", "1");
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      settings.setProperty(topic + ".replication.factor", "1");
      settings.setProperty(topic + ".num.partitions", "4");
    }
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
  }

  /** A consumer that died is noticed soon, if it asks for that. */
  private static void shortWaits(Properties settings) {
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("group.min.session.timeout.ms", "1000");
    settings.setProperty("group.coordinator.append.linger.ms", "0");
    settings.setProperty("broker.heartbeat.interval.ms", "500");
    settings.setProperty("broker.session.timeout.ms", "3000");
    settings.setProperty("log.initial.task.delay.ms", "30000");
  }

  private static void littleMemory(Properties settings) {
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "4");
    settings.setProperty("background.threads", "2");
    settings.setProperty("group.coordinator.threads", "1");
    settings.setProperty("num.recovery.threads.per.data.dir", "2");
    settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.setProperty("log.cleaner.io.buffer.size", MEBIBYTE);
    settings.setProperty("log.index.size.max.bytes", MEBIBYTE);
    settings.setProperty("log.segment.bytes", Integer.toString(64 << 20));
    settings.setProperty("metadata.log.segment.bytes", Integer.toString(16 << 20));
    settings.setProperty("offsets.topic.segment.bytes", Integer.toString(8 << 20));
  }
}
