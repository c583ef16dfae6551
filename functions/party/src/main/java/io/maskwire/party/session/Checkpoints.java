package io.maskwire.party.session;

import java.util.concurrent.CompletableFuture;

/**
 * Writes what sessions have noted, several facts at a time. A fact is noted when its message is
 * out: that is safe, since a message is a function of keys, input and earlier messages, of which
 * the input was written before the first one, and the others come again from the broker, in the
 * same order, as long as their events are not acknowledged.
 */
final class Checkpoints {
  /** Notes that take more memory are not kept waiting. */
  private static final long MOST_NOTED_BYTES = 1 << 18;

  private final WarmSessions warm;
  private final Delivery delivery;
  private final Flusher flusher;

  Checkpoints(WarmSessions warm, Delivery delivery, Flusher flusher) {
    this.warm = warm;
    this.delivery = delivery;
    this.flusher = flusher;
  }

  /** When what {@code session} knows will be durable; makes sure that it will. */
  CompletableFuture<Void> awaited(ActiveSession session) {
    SessionLog log = session.knownLog().orElseThrow();
    if (!log.isAhead()) {
      session.setDurable();
      return log.durable();
    }
    boolean first = !log.isAwaited();
    boolean urgent = log.notedBytes() > MOST_NOTED_BYTES;
    if (first || urgent) {
      flusher.schedule(() -> warm.with(session.id(), this::flush), urgent);
    }
    return log.durable();
  }

  /** If this fails, those who wait are told why, and the next event reads the log. */
  private boolean flush(ActiveSession session) {
    try {
      session.knownLog().ifPresent(log -> log.flush(() -> finish(session, log)));
      return true;
    } catch (RuntimeException | Error e) {
      session.knownLog().ifPresent(log -> log.abandon(e));
      session.forget();
      return false;
    }
  }

  private void finish(ActiveSession session, SessionLog log) {
    if (log.finished()) {
      delivery.cleanUp(session, log, log.opened().orElseThrow().name());
    }
    session.setDurable();
  }
}
