package io.maskwire.party.intake;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.event.Topic;
import io.maskwire.party.session.SessionEvent;
import java.util.Optional;

/**
 * Reads CloudEvents in Kafka's binary mode. An event is only taken from the topic of its kind,
 * since the topic says who may have written it, and only under its session's key, since the key
 * keeps a session's events in order.
 */
public final class EventDecoder {
  private final Role role;

  /** Decodes what the party {@code role} reads. */
  public EventDecoder(Role role) {
    this.role = role;
  }

  /**
   * The event in {@code record}.
   *
   * @throws IllegalArgumentException if it is none for this party
   */
  public SessionEvent decode(InboundRecord record) {
    if (!required(record, "specversion").equals("1.0")) {
      throw new IllegalArgumentException("no CloudEvent of version 1.0");
    }
    String type = required(record, "type");
    SessionEvent event =
        switch (type) {
          case EventType.SESSION_OPENED ->
              new SessionEvent.Opened(SessionOpened.fromJson(from(record, Topic.SESSIONS)));
          case EventType.SESSION_ENDED ->
              new SessionEvent.Ended(SessionEnded.fromJson(from(record, Topic.SESSIONS)));
          case EventType.INPUT_UPLOADED ->
              new SessionEvent.Input(InputUploaded.fromJson(from(record, Topic.INPUTS)));
          case EventType.ROUND_SENT -> message(record);
          default -> throw new IllegalArgumentException("no event of type '" + type + "' is known");
        };
    if (!record.key().equals(event.session().toString())) {
      throw new IllegalArgumentException(
          "an event of session %s has the key '%s'".formatted(event.session(), record.key()));
    }
    return event;
  }

  private SessionEvent message(InboundRecord record) {
    Topic topic = role == Role.PARTY_0 ? Topic.TO_PARTY0 : Topic.TO_PARTY1;
    byte[] sealed = from(record, topic);
    SessionId session = SessionIds.parse(required(record, "subject"));
    Optional<String> reference = record.attribute(EventType.DATA_REFERENCE);
    if (reference.isPresent() == sealed.length > 0) {
      throw new IllegalArgumentException(
          "a message is either in the event or refers to a blob: %d bytes, reference %s"
              .formatted(sealed.length, reference));
    }
    return new SessionEvent.PeerMessage(
        session,
        name(required(record, EventType.MODEL)),
        Integer.parseInt(required(record, EventType.ROUND)),
        sealed,
        reference);
  }

  private static ModelVersionName name(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no model and version: '" + text + "'");
    }
    return new ModelVersionName(text.substring(0, slash), text.substring(slash + 1));
  }

  private static byte[] from(InboundRecord record, Topic topic) {
    if (!record.topic().equals(topic.topic())) {
      throw new IllegalArgumentException(
          "an event of the topic '%s' came by '%s'".formatted(topic.topic(), record.topic()));
    }
    return record.data();
  }

  private static String required(InboundRecord record, String attribute) {
    return record
        .attribute(attribute)
        .orElseThrow(
            () -> new IllegalArgumentException("no CloudEvent: it lacks '" + attribute + "'"));
  }
}
