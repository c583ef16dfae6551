package io.maskwire.dealer.function;

import io.maskwire.dealer.DealerEvents;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.operations.EventAttributes;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes events of models and sessions, one after the other. While the store cannot be reached, they
 * wait; what is wrong with an event itself sends it to the dead letters.
 */
@ApplicationScoped
public class EventConsumer {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final DealerEvents events;

  EventConsumer(DealerEvents events) {
    this.events = events;
  }

  /** Handles one event; its offset is committed when this is done. */
  @Incoming("events")
  public Uni<Void> consume(byte[] data, IncomingKafkaRecordMetadata<String, byte[]> record) {
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .invoke(() -> events.handle(EventAttributes.of(record.getHeaders()).type(), data))
        .onFailure(EventConsumer::isPassing)
        .retry()
        .withBackOff(FIRST_WAIT, LONGEST_WAIT)
        .indefinitely();
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof StoreException store
        && store.reason() == StoreException.Reason.UNAVAILABLE;
  }
}
