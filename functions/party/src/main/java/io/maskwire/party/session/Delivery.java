package io.maskwire.party.session;

import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.exchange.ModelVersionName;

/** Sends what may be missing at the peer or the user, and ends what is complete. */
final class Delivery {
  private final Courier courier;
  private final Replay replay;
  private final Computations computations;

  Delivery(Courier courier, Replay replay, Computations computations) {
    this.courier = courier;
    this.replay = replay;
    this.computations = computations;
  }

  /** Sends the messages that {@code event} answers for and that may be missing. */
  int deliver(ActiveSession session, SessionLog log, int event) {
    if (event + 1 < log.received() - 1 || log.input().isEmpty()) {
      return 0;
    }
    Computation computation = replay.replayed(session, log);
    int last = computation.received();
    int from = computation.complete() ? Math.max(last - 1, 0) : event + 1;
    int sent = 0;
    for (int round = from; round <= last; round++) {
      if (!computation.delivered(round)) {
        send(computation, log.opened().orElseThrow(), round);
        sent++;
      }
    }
    if (computation.complete()) {
      log.note(new LogRecord.Finished());
    }
    return sent;
  }

  private void send(Computation computation, LogRecord.Opened about, int round) {
    RoundMessage message = computation.message(round);
    if (round == computation.model().schedule().rounds()) {
      courier.sendResult(about, message);
    } else {
      courier.sendToPeer(about, message);
    }
    computation.setDelivered(round);
  }

  /**
   * Erases what a finished session has left, once the log says that it is finished.
   *
   * @param said the model that an event names: where keys are looked for first if the log names
   *     none
   */
  int cleanUp(ActiveSession session, SessionLog log, ModelVersionName said) {
    if (!session.erased() && !log.isAhead()) {
      log.opened()
          .ifPresentOrElse(
              about -> computations.erase(about.name(), session.id()),
              () -> computations.eraseWherever(said, session.id()));
      log.largeRounds().forEach(round -> courier.discard(session.id(), round));
      session.setErased();
    }
    return 0;
  }
}
