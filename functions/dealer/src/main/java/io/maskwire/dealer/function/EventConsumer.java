package io.maskwire.dealer.function;

import io.maskwire.dealer.DealerEvents;
import io.maskwire.operations.EventAttributes;
import io.maskwire.operations.Patience;
import io.maskwire.operations.StoreReadiness;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes events of models and sessions, one after the other. While the store cannot be reached, they
 * wait; what is wrong with an event itself, or with the blobs that it is about, sends it to the
 * dead letters and holds up no other: sweeps make up for it.
 */
@ApplicationScoped
public class EventConsumer {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final DealerEvents events;
  private final Patience patience;

  EventConsumer(DealerEvents events, @Readiness StoreReadiness store) {
    this.events = events;
    patience = new Patience(store::answers, FIRST_WAIT, LONGEST);
  }

  /** Handles one event; its offset is committed when this is done. */
  @Incoming("events")
  public Uni<Void> consume(byte[] data, IncomingKafkaRecordMetadata<String, byte[]> record) {
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .invoke(
            () ->
                patience.run(
                    () -> events.handle(EventAttributes.of(record.getHeaders()).type(), data)));
  }
}
