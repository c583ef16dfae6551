package io.maskwire.gateway.messaging;

import io.maskwire.gateway.Refusal;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Refusals on the topic {@code audit-user}. Nobody waits for it, and it drops what the broker does
 * not take in time, so that hostile requests cannot hold anything up; the log has all of them.
 */
@ApplicationScoped
public class AuditTopic implements Consumer<Refusal> {
  private static final System.Logger LOG = System.getLogger(AuditTopic.class.getName());

  private final MutinyEmitter<byte[]> channel;

  AuditTopic(
      @Channel("audit") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> channel) {
    this.channel = channel;
  }

  @Override
  public void accept(Refusal refusal) {
    Message<byte[]> message =
        Message.of(refusal.toJson())
            .addMetadata(
                OutgoingKafkaRecordMetadata.<String>builder().withKey(refusal.session()).build());
    channel
        .sendMessage(message)
        .subscribe()
        .with(
            sent -> {},
            failure ->
                LOG.log(System.Logger.Level.WARNING, "a refusal did not reach the topic", failure));
  }
}
