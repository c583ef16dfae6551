package io.maskwire.compiler.console;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.broker.BrokerAccess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The broker, as other functions see it. */
final class OwnersBroker {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final BrokerAccess access;

  OwnersBroker(Path folder) {
    access = BrokerAccess.in(folder.resolve("broker"));
  }

  private Map<String, Object> settings(Domain domain) {
    return new HashMap<>(access.clientProperties(domain));
  }

  /** Sends an event of the user's domain. */
  void send(String topic, String type, byte[] data) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, "key", data);
    record.headers().add("ce_specversion", "1.0".getBytes(StandardCharsets.UTF_8));
    record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
    try (var producer =
        new KafkaProducer<>(
            settings(Domain.USER), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The first record of {@code topic} that is wanted, from its beginning. */
  ConsumerRecord<String, String> await(
      Domain domain, String topic, Predicate<ConsumerRecord<String, String>> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(settings(domain), new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
    }
    throw new AssertionError("nothing of the kind in '%s' within %s".formatted(topic, PATIENCE));
  }

  static String text(ConsumerRecord<String, String> record) {
    return record.value();
  }

  static String type(ConsumerRecord<String, String> record) {
    Header type = record.headers().lastHeader("ce_type");
    return type == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
  }
}
