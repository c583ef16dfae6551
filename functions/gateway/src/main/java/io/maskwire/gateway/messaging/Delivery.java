package io.maskwire.gateway.messaging;

import io.maskwire.exchange.store.StoreException;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.operations.LogContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Handles one event on a worker thread. While store or broker are away it waits and tries again:
 * nothing is lost, and nothing overtakes. What cannot be handled at all goes to the dead letters.
 */
final class Delivery {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private Delivery() {}

  static Uni<Void> handle(Message<byte[]> message, Consumer<ReceivedEvent> action) {
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .invoke(() -> run(ReceivedEvent.of(message), action))
        .onFailure(Delivery::isPassing)
        .invoke(failure -> LOG.log(System.Logger.Level.WARNING, "tried again later", failure))
        .onFailure(Delivery::isPassing)
        .retry()
        .withBackOff(FIRST_WAIT, LONGEST_WAIT)
        .indefinitely()
        .onItemOrFailure()
        .transformToUni(
            (done, failure) ->
                Uni.createFrom()
                    .completionStage(failure == null ? message.ack() : message.nack(failure)));
  }

  private static void run(ReceivedEvent event, Consumer<ReceivedEvent> action) {
    try (var _ = LogContext.ofSession(event.subject())) {
      action.accept(event);
    }
  }

  private static boolean isPassing(Throwable failure) {
    return switch (failure) {
      case StoreException _ -> true;
      case ProblemException problem -> problem.problem() == Problem.UNAVAILABLE;
      default -> false;
    };
  }
}
