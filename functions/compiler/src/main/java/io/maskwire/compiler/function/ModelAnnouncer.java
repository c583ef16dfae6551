package io.maskwire.compiler.function;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelRetired;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Tells the other functions of versions, on the topic {@code models}. Events of one version stay in
 * order: its name is their key.
 */
@Singleton
final class ModelAnnouncer {
  private static final URI SOURCE = URI.create("/maskwire/compiler");

  private final MutinyEmitter<byte[]> emitter;

  ModelAnnouncer(@Channel("models") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  void published(ModelPublished event) {
    send(EventType.MODEL_PUBLISHED, event.name(), event.toJson());
  }

  void retired(ModelRetired event) {
    send(EventType.MODEL_RETIRED, event.name(), event.toJson());
  }

  private void send(String type, ModelVersionName version, byte[] data) {
    String name = version.toString();
    var kafka = OutgoingKafkaRecordMetadata.<String>builder().withKey(name).build();
    var cloudEvent =
        OutgoingCloudEventMetadata.<byte[]>builder()
            .withId(UUID.randomUUID().toString())
            .withType(type)
            .withSource(SOURCE)
            .withSubject(name)
            .withDataContentType("application/json")
            .withExtension(EventType.MODEL, name)
            .build();
    try {
      emitter.sendMessageAndAwait(Message.of(data, Metadata.of(kafka, cloudEvent)));
    } catch (RuntimeException e) {
      throw new RefusedException(
          Problem.BROKER, "the broker does not take the news of %s; try again".formatted(name), e);
    }
  }
}
