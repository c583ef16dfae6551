package io.maskwire.gateway.messaging;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.event.Topic;
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

  private final MutinyEmitter<byte[]> emitter;

  KafkaSessionEvents(@Channel("out") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  @Override
  public void opened(SessionOpened event) {
    send(Topic.SESSIONS, EventType.SESSION_OPENED, event.session(), event.toJson());
  }

  @Override
  public void uploaded(InputUploaded event) {
    send(Topic.INPUTS, EventType.INPUT_UPLOADED, event.session(), event.toJson());
  }

  @Override
  public void ended(SessionEnded event) {
    send(Topic.SESSIONS, EventType.SESSION_ENDED, event.session(), event.toJson());
  }

  private void send(Topic topic, String type, SessionId session, byte[] data) {
    OutgoingCloudEventMetadata<byte[]> event =
        OutgoingCloudEventMetadata.<byte[]>builder()
            .withId(session + "/" + type)
            .withSource(SOURCE)
            .withType(type)
            .withSubject(session.toString())
            .withDataContentType("application/json")
            .build();
    OutgoingKafkaRecordMetadata<String> record =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(topic.topic())
            .withKey(session.toString())
            .build();
    try {
      emitter
          .sendMessage(Message.of(data).addMetadata(event).addMetadata(record))
          .await()
          .indefinitely();
    } catch (RuntimeException e) {
      throw new ProblemException(
          Problem.UNAVAILABLE, "the broker does not take events at the moment; try again", e);
    }
  }
}
