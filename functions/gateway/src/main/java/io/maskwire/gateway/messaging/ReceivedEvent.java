package io.maskwire.gateway.messaging;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.event.Topic;
import io.maskwire.operations.EventAttributes;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** A CloudEvent as it came from Kafka. */
final class ReceivedEvent {
  private final String topic;
  private final EventAttributes event;
  private final byte @Nullable [] data;

  private ReceivedEvent(String topic, EventAttributes event, byte @Nullable [] data) {
    this.topic = topic;
    this.event = event;
    this.data = data;
  }

  /**
   * Reads {@code message}.
   *
   * @throws IllegalArgumentException if it is no CloudEvent
   */
  static ReceivedEvent of(Message<byte[]> message) {
    String topic = message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow().getTopic();
    return new ReceivedEvent(topic, EventAttributes.of(message), message.getPayload());
  }

  /**
   * Whether it came on {@code other}. Who may write to a topic says what may be believed of it, its
   * type alone does not.
   */
  boolean isOn(Topic other) {
    return topic.equals(other.topic());
  }

  String type() {
    return event.type();
  }

  void requireType(String type) {
    if (!type().equals(type)) {
      throw new IllegalArgumentException("an event of type %s, not %s".formatted(type(), type));
    }
  }

  byte[] data() {
    return data == null ? new byte[0] : data;
  }

  /** The session, where the event is of one; empty if it does not say. */
  String subject() {
    return event.subject().orElse("");
  }

  SessionId session() {
    return SessionIds.parse(subject());
  }

  Role party() {
    int party = number(EventType.PARTY);
    if (party != 0 && party != 1) {
      throw new IllegalArgumentException("there is no party " + party);
    }
    return Role.of(party);
  }

  int round() {
    return number(EventType.ROUND);
  }

  private int number(String extension) {
    return Integer.parseInt(event.required(extension));
  }

  Optional<String> reference() {
    return event.find(EventType.DATA_REFERENCE);
  }
}
