package io.maskwire.gateway.messaging;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.operations.EventAttributes;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** A CloudEvent as it came from Kafka. */
final class ReceivedEvent {
  private final EventAttributes event;
  private final byte @Nullable [] data;

  private ReceivedEvent(EventAttributes event, byte @Nullable [] data) {
    this.event = event;
    this.data = data;
  }

  /**
   * Reads {@code message}.
   *
   * @throws IllegalArgumentException if it is no CloudEvent
   */
  static ReceivedEvent of(Message<byte[]> message) {
    return new ReceivedEvent(EventAttributes.of(message), message.getPayload());
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
