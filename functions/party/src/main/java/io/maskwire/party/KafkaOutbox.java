package io.maskwire.party;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.Topic;
import io.maskwire.party.session.Outbox;
import io.maskwire.party.session.OutgoingEvent;
import io.maskwire.party.session.SendException;
import io.maskwire.party.session.SessionEvent;
import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadataBuilder;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends CloudEvents, in binary mode, and waits for the broker's word. */
@ApplicationScoped
class KafkaOutbox implements Outbox {
  private static final URI SOURCE = URI.create("/maskwire/party");

  private final MutinyEmitter<byte[]> emitter;

  /** What waits is bounded by the number of events that are handled at a time. */
  KafkaOutbox(
      @Channel("out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  @Override
  public void send(OutgoingEvent event) {
    OutgoingCloudEventMetadataBuilder<byte[]> attributes =
        OutgoingCloudEventMetadata.<byte[]>builder()
            .withId(UUID.randomUUID().toString())
            .withSource(SOURCE)
            .withType(event.type())
            .withSubject(event.session().toString())
            .withDataContentType("application/octet-stream")
            .withExtension(EventType.ROUND, Integer.toString(event.round()))
            .withExtension(EventType.PARTY, Integer.toString(event.sender().index()))
            .withExtension(EventType.MODEL, event.name().toString());
    event.reference().ifPresent(blob -> attributes.withExtension(EventType.DATA_REFERENCE, blob));
    send(
        event.topic().topic(),
        event.session().toString(),
        Message.of(event.data()).addMetadata(attributes.build()),
        new RecordHeaders());
  }

  /** Tells the gateway that a session cannot go on here. */
  void failed(SessionEvent event, Role party) {
    send(
        new OutgoingEvent(
            Topic.RESULTS,
            EventType.SESSION_FAILED,
            event.session(),
            event.name(),
            party,
            0,
            new byte[0],
            Optional.empty()));
  }

  /** Sends a record as it came, with more headers. */
  void forward(String topic, String key, byte[] data, Map<String, String> headers) {
    Headers all = new RecordHeaders();
    headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
    send(topic, key, Message.of(data), all);
  }

  private void send(String topic, String key, Message<byte[]> message, Headers headers) {
    OutgoingKafkaRecordMetadata<String> place =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(topic)
            .withKey(key)
            .withHeaders(headers)
            .build();
    Message<byte[]> complete =
        message.addMetadata(place).addMetadata(TracingMetadata.withCurrent(Context.current()));
    try {
      emitter.sendMessage(complete).await().indefinitely();
    } catch (RuntimeException e) {
      throw new SendException(
          "the broker has not confirmed a record for '" + topic + "'", e, isPassing(e));
    }
  }

  /** A record that the broker finds too large, or bad, is never taken. */
  private static boolean isPassing(Throwable failure) {
    Throwable cause = failure.getCause();
    return switch (failure) {
      case RecordTooLargeException _ -> false;
      case RecordBatchTooLargeException _ -> false;
      case InvalidRecordException _ -> false;
      case SerializationException _ -> false;
      default -> cause == null || cause == failure || isPassing(cause);
    };
  }
}
