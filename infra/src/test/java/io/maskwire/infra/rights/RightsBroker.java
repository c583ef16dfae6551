package io.maskwire.infra.rights;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.broker.BrokerLogin;
import io.maskwire.infra.broker.LocalBroker;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with its rights, a record in partition 0 of each topic, and clients of each domain. */
final class RightsBroker implements AutoCloseable {
  private static final int MAX_BLOCK_MILLIS = 20_000;

  private final LocalBroker broker;
  private final Map<Domain, KafkaProducer<String, byte[]>> producers = new EnumMap<>(Domain.class);
  private final Map<Domain, KafkaConsumer<String, byte[]>> consumers = new EnumMap<>(Domain.class);

  private RightsBroker(LocalBroker broker) {
    this.broker = broker;
    for (Domain domain : Domain.values()) {
      producers.put(domain, producer(settings(domain)));
      consumers.put(domain, consumer(settings(domain)));
    }
  }

  static RightsBroker start(Path folder) throws ExecutionException, InterruptedException {
    LocalBroker broker = LocalBroker.start(folder);
    try (Admin admin = broker.admin()) {
      KafkaRights.apply(admin);
    }
    try (KafkaProducer<String, byte[]> admin =
        producer(new HashMap<>(broker.access().adminProperties()))) {
      for (TopicRights topic : KafkaRights.topics()) {
        admin.send(new ProducerRecord<>(topic.topic(), 0, "key", new byte[] {1})).get();
      }
    }
    return new RightsBroker(broker);
  }

  /** Settings of a client of {@code domain}, to be changed. */
  Map<String, Object> settings(Domain domain) {
    return new HashMap<>(broker.clientProperties(domain));
  }

  /** Settings of a client that tries {@code password}. */
  Map<String, Object> settings(String principal, String password) {
    return new HashMap<>(
        new BrokerLogin(broker.bootstrapServers(), principal, password).clientProperties());
  }

  private static KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  KafkaProducer<String, byte[]> producer(Domain domain) {
    return Optional.ofNullable(producers.get(domain)).orElseThrow();
  }

  KafkaConsumer<String, byte[]> consumer(Domain domain) {
    return Optional.ofNullable(consumers.get(domain)).orElseThrow();
  }

  Admin admin() {
    return broker.admin();
  }

  @Override
  public void close() {
    producers.values().forEach(KafkaProducer::close);
    consumers.values().forEach(KafkaConsumer::close);
    broker.close();
  }
}
