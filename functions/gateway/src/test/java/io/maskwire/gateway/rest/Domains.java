package io.maskwire.gateway.rest;

import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.exchange.store.FileContainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.Config;

/** The other domains, with their own credentials, as far as the gateway meets them. */
final class Domains implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Config config;
  private final Map<Domain, KafkaProducer<String, byte[]>> producers = new HashMap<>();

  Domains(Config config) {
    this.config = config;
  }

  BlobContainer container(Container container) {
    return new FileContainer(
        Path.of(config.getValue("test.folder", String.class), "store", container.container()));
  }

  private Map<String, Object> settings(Domain domain) {
    String prefix = "test." + domain.account() + ".";
    Map<String, Object> settings = new HashMap<>();
    StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .filter(name -> name.startsWith(prefix))
        .forEach(
            name ->
                settings.put(name.substring(prefix.length()), config.getValue(name, String.class)));
    return settings;
  }

  void send(
      Domain domain, String topic, SessionId session, Map<String, String> attributes, byte[] data) {
    send(domain, topic, session.toString(), attributes, data);
  }

  private void send(
      Domain domain, String topic, String key, Map<String, String> attributes, byte[] data) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, data);
    Map<String, String> all = new HashMap<>(attributes);
    all.put("specversion", "1.0");
    all.put("id", UUID.randomUUID().toString());
    all.put("source", "/maskwire/test");
    all.put("subject", key);
    all.forEach(
        (name, value) ->
            record.headers().add("ce_" + name, value.getBytes(StandardCharsets.UTF_8)));
    sendRaw(domain, record);
  }

  void sendRaw(Domain domain, ProducerRecord<String, byte[]> record) {
    try {
      producers
          .computeIfAbsent(
              domain,
              any ->
                  new KafkaProducer<>(
                      settings(domain), new StringSerializer(), new ByteArraySerializer()))
          .send(record)
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void publish(ModelVersionName name, int rounds, int elements) {
    String manifest =
        """
        {"format": "maskwire-model", "version": 1, "program": "%s", "rounds": %d,
         "inputs": [{"name": "x", "shape": [%d], "width": 8}]}
        """
            .formatted("cd".repeat(32), rounds, elements);
    BlobContainer models = container(Container.MODELS);
    models.create(name.blob("program.bin"), "program".getBytes(StandardCharsets.UTF_8));
    models.create(name.blob("labels.txt"), "cat\ndog\n".getBytes(StandardCharsets.UTF_8));
    models.create(name.blob("description.txt"), "Animals.".getBytes(StandardCharsets.UTF_8));
    models.create(name.blob("samples/cat.npy"), "meow".getBytes(StandardCharsets.UTF_8));
    models.create(name.blob("manifest.json"), manifest.getBytes(StandardCharsets.UTF_8));
    send(
        Domain.OWNER,
        "models",
        name.toString(),
        Map.of("type", EventType.MODEL_PUBLISHED),
        new ModelPublished(name, new ProgramId(new byte[32])).toJson());
  }

  void retire(ModelVersionName name) {
    container(Container.MODELS).create(name.blob(ModelRetired.MARKER), new byte[] {'{', '}'});
    send(
        Domain.OWNER,
        "models",
        name.toString(),
        Map.of("type", EventType.MODEL_RETIRED),
        new ModelRetired(name).toJson());
  }

  void deal(ModelVersionName name, SessionId session) {
    container(Container.KEYS_PARTY1).create(name.blob(session + ".bin"), new byte[1]);
    send(
        Domain.DEALER,
        "keys-ready",
        session,
        Map.of("type", EventType.KEYS_READY),
        new KeysReady(session, name, Instant.now().plus(Duration.ofHours(1))).toJson());
  }

  void round(SessionId session, int round) {
    send(
        Domain.OWNER,
        "to-party1",
        session,
        Map.of("type", EventType.ROUND_SENT, "party", "0", "round", String.valueOf(round)),
        new byte[] {1, 2, 3});
  }

  void result(SessionId session, int party, byte[] share) {
    send(
        party == 0 ? Domain.OWNER : Domain.USER,
        "results",
        session,
        Map.of("type", EventType.RESULT_SHARED, "party", String.valueOf(party)),
        share);
  }

  /** All records of {@code topic} from its start, until {@code count} satisfy {@code wanted}. */
  List<ConsumerRecord<String, byte[]>> read(
      String topic, int count, Predicate<ConsumerRecord<String, byte[]>> wanted) {
    Map<String, Object> settings = settings(Domain.USER);
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (found.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (wanted.test(record)) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    producers.values().forEach(KafkaProducer::close);
  }
}
