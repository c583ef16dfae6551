package io.maskwire.tests.stack;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Stores;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Broker and store with what a function was given: its credentials, and no others. */
final class DomainAccess implements AutoCloseable {
  private static final String BROKER = "kafka.";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Properties settings;
  private final KafkaProducer<String, byte[]> producer;

  private DomainAccess(Properties settings) {
    this.settings = settings;
    producer = new KafkaProducer<>(broker(), new StringSerializer(), new ByteArraySerializer());
  }

  /** The rights of the function that {@code file} is the settings of. */
  static DomainAccess of(Path file) {
    return new DomainAccess(settings(file));
  }

  /** A function's settings. */
  static Properties settings(Path file) {
    Properties settings = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      settings.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  private Map<String, Object> broker() {
    Map<String, Object> broker = new HashMap<>();
    for (String name : settings.stringPropertyNames()) {
      if (name.startsWith(BROKER)) {
        broker.put(name.substring(BROKER.length()), settings.getProperty(name));
      }
    }
    return broker;
  }

  BlobContainer container(Container container) {
    return Stores.open(
        settings.getProperty("maskwire.store.containers.\"%s\"".formatted(container.container())));
  }

  /** Sends {@code record}; returns where it is, when the broker has it. */
  RecordMetadata send(ProducerRecord<String, byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the consumer group {@code group} has done with the record at {@code place}. */
  void awaitHandled(RecordMetadata place, String group) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    try (Admin admin = Admin.create(broker())) {
      TestStack.await(
          "%s has handled %s".formatted(group, place),
          () -> {
            OffsetAndMetadata committed =
                admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return Optional.ofNullable(committed).filter(next -> next.offset() > place.offset());
          });
    }
  }

  /**
   * All records of {@code topics}, from their start on, until {@code enough} says so.
   *
   * @throws AssertionError with what {@code missing} says, if that takes too long
   */
  void follow(Records enough, String... topics) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(broker(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Arrays.stream(topics)
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (isBefore(consumer, ends) || !enough.areComplete()) {
        consumer.poll(POLL).forEach(enough::add);
        if (System.nanoTime() > deadline) {
          throw new AssertionError(enough.missing());
        }
      }
    }
  }

  private static boolean isBefore(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /** What {@link #follow} collects. */
  interface Records {
    void add(ConsumerRecord<String, byte[]> record);

    /** Whether nothing more is waited for; what is in the topics already is read in any case. */
    boolean areComplete();

    /** Says what is waited for. */
    String missing();
  }

  /** The records of {@code topic} that are {@code wanted}: at least {@code count} of them. */
  List<ConsumerRecord<String, byte[]>> read(
      String topic, int count, Predicate<ConsumerRecord<String, byte[]>> wanted) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    follow(
        new Records() {
          @Override
          public void add(ConsumerRecord<String, byte[]> record) {
            if (wanted.test(record)) {
              found.add(record);
            }
          }

          @Override
          public boolean areComplete() {
            return found.size() >= count;
          }

          @Override
          public String missing() {
            return "%d records of %d in %s".formatted(found.size(), count, topic);
          }
        },
        topic);
    return found;
  }

  @Override
  public void close() {
    producer.close();
  }
}
