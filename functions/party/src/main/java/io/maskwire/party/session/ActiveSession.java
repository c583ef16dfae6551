package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.store.BlobContainer;
import java.util.Optional;

/** What this instance remembers of a session: all of it may be forgotten. Not thread safe. */
final class ActiveSession {
  private static final long OVERHEAD_BYTES = 4 << 10;

  private final SessionId id;
  private Optional<SessionLog> log = Optional.empty();
  private Optional<Computation> computation = Optional.empty();
  private boolean erased;

  ActiveSession(SessionId id) {
    this.id = id;
  }

  SessionId id() {
    return id;
  }

  /** The log, read unless it is known. */
  SessionLog log(BlobContainer container, Role role) {
    SessionLog current = log.orElseGet(() -> SessionLog.load(container, role, id));
    log = Optional.of(current);
    return current;
  }

  Optional<Computation> computation() {
    return computation;
  }

  /** Keeps {@code next}, and closes it when it is forgotten. */
  Computation keep(Computation next) {
    computation = Optional.of(next);
    return next;
  }

  boolean erased() {
    return erased;
  }

  /** Keys are erased: only the log's end is worth remembering. */
  void setErased() {
    erased = true;
    closeComputation();
  }

  private void closeComputation() {
    computation.ifPresent(Computation::close);
    computation = Optional.empty();
  }

  /** Forgets everything: the next event reads the log. */
  void forget() {
    closeComputation();
    log = Optional.empty();
    erased = false;
  }

  /** About how much memory it takes. */
  long estimatedBytes() {
    return OVERHEAD_BYTES
        + computation.map(c -> Computation.estimatedBytes(c.model().program())).orElse(0L);
  }
}
