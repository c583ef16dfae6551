package io.maskwire.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * The log category {@code audit}, which is the record that counts; the domain's audit topic, keyed
 * by session; and {@code maskwire_refusals_total}. The topic drops what the broker does not take in
 * time, so that hostile requests cannot hold anything up.
 */
@Singleton
final class AuditTopic implements AuditTrail {
  private static final Logger LOG = Logger.getLogger(AuditTopic.class);
  private static final Logger AUDIT = Logger.getLogger("audit");

  private final AuditConfig config;
  private final MeterRegistry meters;
  private final MutinyEmitter<byte[]> topic;

  AuditTopic(
      AuditConfig config,
      MeterRegistry meters,
      @Channel("audit") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> topic) {
    this.config = config;
    this.meters = meters;
    this.topic = topic;
  }

  @Override
  public void write(AuditEntry entry) {
    byte[] json = entry.toJson(Instant.now(), config.function());
    AUDIT.warn(new String(json, StandardCharsets.UTF_8));
    meters.counter("maskwire.refusals", "reason", entry.reason()).increment();
    var place = OutgoingKafkaRecordMetadata.<String>builder();
    if (!entry.session().isEmpty()) {
      place.withKey(entry.session());
    }
    topic
        .sendMessage(Message.of(json).addMetadata(place.build()))
        .subscribe()
        .with(_ -> {}, lost -> LOG.warn("a refusal did not reach the topic", lost));
  }
}
