package io.maskwire.gateway.messaging;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.session.SessionEvents;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Events of sessions, on Kafka; every method waits until the broker has them. */
@ApplicationScoped
public class KafkaSessionEvents implements SessionEvents {
  private static final URI SOURCE = URI.create("/maskwire/gateway");

  private final MutinyEmitter<byte[]> sessions;
  private final MutinyEmitter<byte[]> inputs;

  KafkaSessionEvents(
      @Channel("sessions") MutinyEmitter<byte[]> sessions,
      @Channel("inputs") MutinyEmitter<byte[]> inputs) {
    this.sessions = sessions;
    this.inputs = inputs;
  }

  @Override
  public void opened(SessionOpened event) {
    send(sessions, EventType.SESSION_OPENED, event.session(), event.toJson());
  }

  @Override
  public void uploaded(InputUploaded event) {
    send(inputs, EventType.INPUT_UPLOADED, event.session(), event.toJson());
  }

  @Override
  public void ended(SessionEnded event) {
    send(sessions, EventType.SESSION_ENDED, event.session(), event.toJson());
  }

  private static void send(
      MutinyEmitter<byte[]> channel, String type, SessionId session, byte[] data) {
    OutgoingCloudEventMetadata<byte[]> event =
        OutgoingCloudEventMetadata.<byte[]>builder()
            .withId(session + "/" + type)
            .withSource(SOURCE)
            .withType(type)
            .withSubject(session.toString())
            .withDataContentType("application/json")
            .build();
    OutgoingKafkaRecordMetadata<String> record =
        OutgoingKafkaRecordMetadata.<String>builder().withKey(session.toString()).build();
    try {
      channel
          .sendMessage(Message.of(data).addMetadata(event).addMetadata(record))
          .await()
          .indefinitely();
    } catch (RuntimeException e) {
      throw new ProblemException(
          Problem.UNAVAILABLE, "the broker does not take events at the moment; try again", e);
    }
  }
}
