package io.maskwire.dealer.function;

import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.broker.BrokerAccess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other functions' side of the broker. */
final class Broker {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final BrokerAccess access;

  Broker(Path folder) {
    access = BrokerAccess.in(folder.resolve("broker"));
  }

  private Map<String, Object> settings(Domain domain) {
    return new HashMap<>(access.clientProperties(domain));
  }

  /** Sends a CloudEvent in binary mode to partition 0, in the order of the calls. */
  void send(Domain domain, String topic, Optional<String> type, byte[] data) {
    var event = new ProducerRecord<>(topic, 0, "key", data);
    type.ifPresent(
        value -> {
          header(event, "ce_specversion", "1.0");
          header(event, "ce_id", UUID.randomUUID().toString());
          header(event, "ce_source", "/test");
          header(event, "ce_type", value);
          header(event, "content-type", "application/json");
        });
    send(domain, event);
  }

  /** As {@link #send}: says that it is a CloudEvent, in the other form, and is none. */
  void sendUnreadable(Domain domain, String topic) {
    var event = new ProducerRecord<>(topic, 0, "key", "{".getBytes(StandardCharsets.UTF_8));
    header(event, "content-type", "application/cloudevents+json");
    send(domain, event);
  }

  private void send(Domain domain, ProducerRecord<String, byte[]> event) {
    try (var producer =
        new KafkaProducer<>(settings(domain), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(event).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void header(ProducerRecord<String, byte[]> event, String name, String value) {
    event.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** All records of {@code topic} from its beginning, as soon as {@code count} of them match. */
  List<ConsumerRecord<String, byte[]>> await(
      Domain domain, String topic, int count, Predicate<ConsumerRecord<String, byte[]>> wanted) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            settings(domain), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (found.size() < count) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "%d of %d records in '%s' after %s".formatted(found.size(), count, topic, PATIENCE));
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (wanted.test(record)) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }
}
