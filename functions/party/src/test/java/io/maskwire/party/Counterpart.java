package io.maskwire.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.event.Topic;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.fixture.World;
import io.maskwire.party.intake.EventDecoder;
import io.maskwire.party.intake.InboundRecord;
import io.maskwire.party.session.PartyEngines;
import io.maskwire.party.session.SessionEngine;
import io.maskwire.party.session.SessionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Gateway and party 1, over the broker, for a test of party 0. */
final class Counterpart implements AutoCloseable {
  /** The header of W3C's trace context. */
  static final String TRACE_PARENT = "traceparent";

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Stage stage;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> asUser;
  private final KafkaConsumer<String, byte[]> asOwner;
  private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();
  private final EventDecoder decoder = new EventDecoder(Role.PARTY_1);
  private final SessionEngine party1;
  private final Map<String, byte[]> ownResults = new HashMap<>();
  private Optional<String> traceParent = Optional.empty();

  Counterpart(Stage stage) {
    this.stage = stage;
    Map<String, Object> user =
        new HashMap<>(stage.broker().clientProperties(Container.Domain.USER));
    user.put("linger.ms", 0);
    producer = new KafkaProducer<>(user, new StringSerializer(), new ByteArraySerializer());
    asUser = consumer(Container.Domain.USER, "to-party1", "results");
    asOwner = consumer(Container.Domain.OWNER, "dead-letter-owner", "audit-owner");
    party1 =
        PartyEngines.plain(
            stage.world(),
            Role.PARTY_1,
            event -> {
              if (event.topic() == Topic.RESULTS) {
                ownResults.put(event.session().toString(), event.data());
                return;
              }
              publish(
                  event.topic().topic(),
                  event.session().toString(),
                  event.data(),
                  Map.of(
                      "type",
                      event.type(),
                      "subject",
                      event.session().toString(),
                      EventType.ROUND,
                      Integer.toString(event.round()),
                      EventType.PARTY,
                      "1",
                      EventType.MODEL,
                      event.name().toString()));
            });
  }

  private KafkaConsumer<String, byte[]> consumer(Container.Domain domain, String... topics) {
    Map<String, Object> settings = new HashMap<>(stage.broker().clientProperties(domain));
    settings.put("enable.auto.commit", false);
    var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /** Sends a CloudEvent and waits for the broker's word. */
  void publish(String topic, String key, byte[] data, Map<String, String> attributes) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, data);
    Map<String, String> all = new HashMap<>(attributes);
    all.put("specversion", "1.0");
    all.put("id", UUID.randomUUID().toString());
    all.put("source", "/maskwire/test");
    all.forEach(
        (name, value) ->
            record.headers().add("ce_" + name, value.getBytes(StandardCharsets.UTF_8)));
    traceParent.ifPresent(
        parent -> record.headers().add(TRACE_PARENT, parent.getBytes(StandardCharsets.UTF_8)));
    send(record);
  }

  /** From here on, its events belong to a trace: W3C's {@code traceparent}. */
  void trace(String parent) {
    traceParent = Optional.of(parent);
  }

  /** Sends a record that is no event. */
  void send(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void open(World.Session session) {
    SessionOpened event =
        new SessionOpened(session.id(), session.model().name(), session.resultKey(), Instant.now());
    publish("sessions", session.id().toString(), event.toJson(), type(EventType.SESSION_OPENED));
    party1.handle(new SessionEvent.Opened(event));
  }

  /** Uploads an input and says so to both parties. */
  void upload(World.Session session, RingTensor input) {
    stage.world().upload(session, session.mask(input));
    InputUploaded event =
        new InputUploaded(session.id(), session.model().name(), session.resultKey());
    publish("inputs", session.id().toString(), event.toJson(), type(EventType.INPUT_UPLOADED));
  }

  void end(World.Session session) {
    SessionEnded event =
        new SessionEnded(session.id(), session.model().name(), SessionEnded.Outcome.COMPLETED);
    publish("sessions", session.id().toString(), event.toJson(), type(EventType.SESSION_ENDED));
  }

  private static Map<String, String> type(String type) {
    return Map.of("type", type);
  }

  /** Lets party 1 take the input. */
  void beginPartyOne(World.Session session) {
    party1.handle(
        new SessionEvent.Input(
            new InputUploaded(session.id(), session.model().name(), session.resultKey())));
  }

  /** Lets party 1 answer party 0's message of {@code round}. */
  void answer(World.Session session, int round) {
    ConsumerRecord<String, byte[]> message =
        await(
            record ->
                record.topic().equals("to-party1")
                    && record.key().equals(session.id().toString())
                    && header(record, "ce_round").equals(Integer.toString(round)));
    party1.handle(decoder.decode(inbound(message)));
  }

  /** Lets party 1 answer all of party 0's messages; the unmasked result. */
  long[] finish(World.Session session, int fromRound) {
    for (int round = fromRound; round < session.model().rounds(); round++) {
      answer(session, round);
    }
    byte[] share0 =
        await(
                record ->
                    record.topic().equals("results")
                        && record.key().equals(session.id().toString())
                        && header(record, "ce_party").equals("0"))
            .value();
    byte[] share1 = ownResults.get(session.id().toString());
    assertThat(share1).isNotNull();
    return session.unmask(share0, share1 == null ? new byte[0] : share1);
  }

  /** The first record, of all that the parties have sent, that {@code wanted} holds for. */
  ConsumerRecord<String, byte[]> await(Predicate<ConsumerRecord<String, byte[]>> wanted) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      var found = seen.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      asUser.poll(Duration.ofMillis(20)).forEach(seen::add);
      asOwner.poll(Duration.ofMillis(2)).forEach(seen::add);
    }
  }

  /** How many records so far {@code wanted} holds for. */
  long count(Predicate<ConsumerRecord<String, byte[]>> wanted) {
    return seen.stream().filter(wanted).count();
  }

  /** A header's text; empty if it is not there. */
  static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static InboundRecord inbound(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return new InboundRecord(record.topic(), record.key(), headers, record.value());
  }

  @Override
  public void close() {
    producer.close();
    asUser.close();
    asOwner.close();
  }
}
