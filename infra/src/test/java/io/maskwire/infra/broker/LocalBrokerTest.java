package io.maskwire.infra.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.rights.KafkaRights;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  @TempDir Path folder;

  private static Map<String, Object> settings(LocalBroker broker, Domain domain) {
    return new HashMap<>(broker.clientProperties(domain));
  }

  private static void send(LocalBroker broker, String value) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            settings(broker, Domain.OWNER), new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>("models", "key", value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static List<String> receive(LocalBroker broker, int count) {
    Map<String, Object> settings = settings(broker, Domain.USER);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "user-test");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("models"));
      while (values.size() < count) {
        consumer
            .poll(Duration.ofSeconds(10))
            .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
      consumer.commitSync();
    }
    return values;
  }

  @Test
  void start_again_keepsPortDataOffsetsAndRights() throws Exception {
    String address;
    try (LocalBroker broker = LocalBroker.start(folder)) {
      try (Admin admin = broker.admin()) {
        KafkaRights.apply(admin);
      }
      address = broker.bootstrapServers();
      send(broker, "first");
      assertThat(receive(broker, 1)).containsExactly("first");
      send(broker, "second");
    }
    try (LocalBroker broker = LocalBroker.start(folder)) {
      assertThat(broker.bootstrapServers()).isEqualTo(address);
      assertThat(receive(broker, 1)).containsExactly("second");
    }
  }
}
