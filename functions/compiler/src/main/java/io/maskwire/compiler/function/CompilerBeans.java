package io.maskwire.compiler.function;

import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.store.Container;
import io.maskwire.operations.StoreConfig;
import io.maskwire.operations.StoreReadiness;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.UUID;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Puts the compile function together. */
@Singleton
final class CompilerBeans {
  private static final URI SOURCE = URI.create("/maskwire/compiler");

  private final CompilerConfig config;
  private final StoreConfig store;

  CompilerBeans(CompilerConfig config, StoreConfig store) {
    this.config = config;
    this.store = store;
  }

  @Produces
  @Singleton
  OwnerContainers containers() {
    return new OwnerContainers(
        store.open(Container.ONNX),
        store.open(Container.MODELS),
        store.open(Container.MASKED_WEIGHTS));
  }

  @Produces
  @Singleton
  @Readiness
  StoreReadiness store(OwnerContainers containers) {
    return new StoreReadiness(containers.models());
  }

  @Produces
  @Singleton
  ModelPublisher publisher(
      OwnerContainers containers, @Channel("models") MutinyEmitter<byte[]> emitter) {
    return new ModelPublisher(
        containers,
        new HttpDealer(config.dealerUrl(), privateKey(config.ownerKey())),
        event -> emitter.sendMessageAndAwait(message(event)));
  }

  private static Message<byte[]> message(ModelPublished event) {
    String name = event.name().toString();
    var kafka = OutgoingKafkaRecordMetadata.<String>builder().withKey(name).build();
    var cloudEvent =
        OutgoingCloudEventMetadata.<byte[]>builder()
            .withId(UUID.randomUUID().toString())
            .withType(EventType.MODEL_PUBLISHED)
            .withSource(SOURCE)
            .withSubject(name)
            .withDataContentType("application/json")
            .withExtension(EventType.MODEL, name)
            .build();
    return Message.of(event.toJson(), Metadata.of(kafka, cloudEvent));
  }

  private static PrivateKey privateKey(Path file) {
    try {
      return KeyUtils.decodePrivateKey(Files.readString(file), SignatureAlgorithm.ES256);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no private key on P-256, PEM (PKCS #8)", e);
    }
  }
}
