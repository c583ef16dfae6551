package io.maskwire.dealer.function;

import io.maskwire.dealer.Announcer;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.KeysReady;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Announces sessions on the topic {@code keys-ready}. */
@Singleton
final class KafkaAnnouncer implements Announcer {
  private static final URI SOURCE = URI.create("/maskwire/dealer");

  private final MutinyEmitter<byte[]> emitter;

  KafkaAnnouncer(@Channel("keys-ready") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  @Override
  public void announce(KeysReady event) {
    String session = event.session().toString();
    var kafka = OutgoingKafkaRecordMetadata.<String>builder().withKey(session).build();
    var cloudEvent =
        OutgoingCloudEventMetadata.<byte[]>builder()
            .withId(UUID.randomUUID().toString())
            .withType(EventType.KEYS_READY)
            .withSource(SOURCE)
            .withSubject(session)
            .withDataContentType("application/json")
            .withExtension(EventType.MODEL, event.name().toString())
            .build();
    emitter.sendMessageAndAwait(Message.of(event.toJson(), Metadata.of(kafka, cloudEvent)));
  }
}
