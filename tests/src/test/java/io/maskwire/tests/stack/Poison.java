package io.maskwire.tests.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.Topic;
import io.maskwire.exchange.store.Container.Domain;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody can handle: of each kind one in each topic, from a domain that may write
 * there. Every domain whose functions must not pass over them puts them aside.
 */
final class Poison {
  private final String name = "poison-" + UUID.randomUUID();
  private final TestStack stack;

  Poison(TestStack stack) {
    this.stack = stack;
  }

  private enum Kind {
    /** No CloudEvent at all. */
    PLAIN(Map.of(), "poison"),
    /** Not even data. */
    EMPTY(Map.of(), null),
    /** Says that it is a CloudEvent, and lacks what every one has. */
    HALF(Map.of("ce_specversion", "1.0"), "{}"),
    /** Attributes that cannot be read. */
    GARBLED(
        Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            "1",
            "ce_source",
            ":// no address",
            "ce_type",
            "t",
            "ce_time",
            "yesterday"),
        "{}"),
    /** CloudEvents' other form, damaged. */
    STRUCTURED(Map.of("content-type", "application/cloudevents+json"), "{"),
    /** An event of the topic's own type, with damaged data; the type is added. */
    DAMAGED(
        Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/poison", "ce_subject", "none"),
        "{");

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> headers;

    private final @Nullable String data;

    Kind(Map<String, String> headers, @Nullable String data) {
      this.headers = headers;
      this.data = data;
    }
  }

  private static Domain writer(Topic topic) {
    return switch (topic) {
      case MODELS, TO_PARTY1, RESULTS -> Domain.OWNER;
      case KEYS_READY -> Domain.DEALER;
      case SESSIONS, INPUTS, TO_PARTY0 -> Domain.USER;
    };
  }

  /** Progress, for which the gateway reads topics of the parties too, passes over them. */
  private static Set<Domain> readers(Topic topic) {
    return switch (topic) {
      case MODELS -> Set.of(Domain.USER, Domain.DEALER);
      case SESSIONS -> Set.of(Domain.OWNER, Domain.USER, Domain.DEALER);
      case INPUTS -> Set.of(Domain.OWNER, Domain.USER);
      case TO_PARTY0 -> Set.of(Domain.OWNER);
      case KEYS_READY, TO_PARTY1, RESULTS -> Set.of(Domain.USER);
    };
  }

  private static String type(Topic topic) {
    return switch (topic) {
      case MODELS -> EventType.MODEL_PUBLISHED;
      case KEYS_READY -> EventType.KEYS_READY;
      case SESSIONS -> EventType.SESSION_OPENED;
      case INPUTS -> EventType.INPUT_UPLOADED;
      case TO_PARTY0, TO_PARTY1 -> EventType.ROUND_SENT;
      case RESULTS -> EventType.RESULT_SHARED;
    };
  }

  private String key(Topic topic, Kind kind) {
    return "%s-%s-%s".formatted(name, topic, kind);
  }

  /** Sends them; returns when the broker has them. */
  void send() {
    for (Kind kind : Kind.values()) {
      for (Topic topic : Topic.values()) {
        stack.as(writer(topic)).send(record(topic, kind));
      }
    }
  }

  private ProducerRecord<String, byte[]> record(Topic topic, Kind kind) {
    byte[] data = kind.data == null ? null : kind.data.getBytes(UTF_8);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic.topic(), key(topic, kind), data);
    Map<String, String> headers = new HashMap<>(kind.headers);
    if (kind == Kind.DAMAGED) {
      headers.put("ce_type", type(topic));
    }
    headers.forEach((header, value) -> record.headers().add(header, value.getBytes(UTF_8)));
    return record;
  }

  /** Waits until all of them are among the dead letters of all who read them. */
  void awaitDeadLetters() {
    Map<Domain, Set<String>> expected = new EnumMap<>(Domain.class);
    for (Topic topic : Topic.values()) {
      for (Domain reader : readers(topic)) {
        for (Kind kind : Kind.values()) {
          expected.computeIfAbsent(reader, any -> new TreeSet<>()).add(key(topic, kind));
        }
      }
    }
    expected.forEach(
        (domain, keys) ->
            stack.as(domain).follow(new Awaited(domain, keys), "dead-letter-" + domain.account()));
  }

  /** Dead letters that are not there yet. */
  private record Awaited(Domain domain, Set<String> keys) implements DomainAccess.Records {
    @Override
    public void add(ConsumerRecord<String, byte[]> record) {
      keys.remove(String.valueOf(record.key()));
    }

    @Override
    public boolean areComplete() {
      return keys.isEmpty();
    }

    @Override
    public String missing() {
      return "no dead letters of the %s: %s".formatted(domain.account(), keys);
    }
  }
}
