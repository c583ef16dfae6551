package io.maskwire.gateway.messaging;

import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.operations.LogContext;
import io.maskwire.operations.Patience;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Handles one event on a worker thread. While store or broker are away it waits and tries again:
 * nothing is lost, and nothing overtakes. What cannot be handled at all goes to the dead letters,
 * and so does what the store refuses for good, or for long while it answers others: one session
 * holds up no other.
 */
final class Delivery {
  private final Patience patience;

  Delivery(Patience patience) {
    this.patience = patience;
  }

  Uni<Void> handle(Message<byte[]> message, Consumer<ReceivedEvent> action) {
    return Uni.createFrom()
        .voidItem()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .invoke(
            () ->
                patience.run(() -> run(ReceivedEvent.of(message), action), Delivery::isBrokerAway))
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

  private static boolean isBrokerAway(RuntimeException failure) {
    return failure instanceof ProblemException problem && problem.problem() == Problem.UNAVAILABLE;
  }
}
