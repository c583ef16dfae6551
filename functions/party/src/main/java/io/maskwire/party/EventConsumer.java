package io.maskwire.party;

import io.maskwire.operations.LogContext;
import io.maskwire.party.intake.InboundRecord;
import io.maskwire.party.intake.Intake;
import io.maskwire.party.intake.SessionQueues;
import io.maskwire.party.session.SessionEngine.Handled;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Takes events from the broker: as many at a time as configured, a session's in order, and
 * acknowledges each when it is done. If store or broker are away, the process stops, and whoever
 * supervises it starts it again: the event was not acknowledged and comes back. What is wrong with
 * one session stops that session alone.
 */
@ApplicationScoped
class EventConsumer {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);

  private final Multi<Message<byte[]>> events;
  private final Intake intake;
  private final SessionQueues queues;
  private final PartyConfig config;

  EventConsumer(
      @Channel("events") Multi<Message<byte[]>> events,
      Intake intake,
      SessionQueues queues,
      PartyConfig config) {
    this.events = events;
    this.intake = intake;
    this.queues = queues;
    this.config = config;
  }

  void start(@Observes StartupEvent started) {
    events
        .onItem()
        .transformToUni(this::handle)
        .merge(config.concurrency())
        .subscribe()
        .with(_ -> {}, EventConsumer::stop, () -> LOG.info("no more events"));
  }

  private Uni<Void> handle(Message<byte[]> message) {
    InboundRecord record = record(message);
    Context trace =
        TracingMetadata.fromMessage(message)
            .map(TracingMetadata::getCurrentContext)
            .orElse(Context.root());
    long since = System.nanoTime();
    return take(record, trace, () -> intake.handle(record))
        .invoke(
            handled ->
                durable(record, trace, since, handled)
                    .chain(() -> Uni.createFrom().completionStage(message.ack()))
                    .subscribe()
                    .with(_ -> {}, EventConsumer::stop))
        .replaceWithVoid();
  }

  private Uni<Handled> take(InboundRecord record, Context trace, Supplier<Handled> task) {
    return Uni.createFrom()
        .completionStage(
            () ->
                queues.submit(
                    record.key(),
                    () -> {
                      try (Scope _ = trace.makeCurrent();
                          LogContext _ = LogContext.ofSession(record.key())) {
                        return task.get();
                      }
                    }));
  }

  /** Waits until the event is durable, and handles it again if that fails, for a while. */
  private Uni<Void> durable(InboundRecord record, Context trace, long since, Handled handled) {
    return Uni.createFrom()
        .completionStage(handled.durable())
        .onFailure(failure -> !(failure instanceof OutOfMemoryError))
        .recoverWithUni(
            lost ->
                take(record, trace, () -> intake.again(record, lost, since))
                    .chain(again -> durable(record, trace, since, again)));
  }

  private static InboundRecord record(Message<byte[]> message) {
    IncomingKafkaRecordMetadata<?, ?> metadata =
        message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    Map<String, String> headers = new HashMap<>();
    for (Header header : metadata.getHeaders()) {
      headers.put(
          header.key(),
          new String(
              Objects.requireNonNullElse(header.value(), new byte[0]), StandardCharsets.UTF_8));
    }
    return new InboundRecord(
        metadata.getTopic(),
        String.valueOf(Objects.requireNonNullElse(metadata.getKey(), "")),
        headers,
        Objects.requireNonNullElse(message.getPayload(), new byte[0]));
  }

  private static void stop(Throwable failure) {
    LOG.fatal("stopping: an event could not be handled and must not be lost", failure);
    Quarkus.asyncExit(1);
  }
}
