package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.store.BlobContainer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What this instance remembers of a session: all of it may be forgotten. Not thread safe. */
final class ActiveSession {
  private static final long OVERHEAD_BYTES = 4 << 10;

  private final SessionId id;
  private Optional<SessionLog> log = Optional.empty();
  private Optional<Computation> computation = Optional.empty();
  private final Map<Integer, byte[]> answered = new HashMap<>();
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

  /** The log, if it was read. */
  Optional<SessionLog> knownLog() {
    return log;
  }

  /** Remembers a message of the peer that was answered before it was durable. */
  void answered(int round, byte[] digest) {
    answered.put(round, digest);
  }

  /** False if another message of {@code round} was answered. */
  boolean mayAnswer(int round, byte[] digest) {
    return MessageDigest.isEqual(answered.getOrDefault(round, digest), digest);
  }

  /** All that was answered is durable. */
  void setDurable() {
    answered.clear();
  }

  /** True if something was answered that is not durable. */
  boolean isAhead() {
    return !answered.isEmpty() || log.map(SessionLog::isAhead).orElse(false);
  }

  /** Forgets everything but what was answered: the next event reads the log. */
  void forget() {
    closeComputation();
    log.ifPresent(known -> known.abandon(new OutdatedException()));
    log = Optional.empty();
    erased = false;
  }

  /** About how much memory it takes. */
  long estimatedBytes() {
    return OVERHEAD_BYTES
        + computation.map(c -> Computation.estimatedBytes(c.model().program())).orElse(0L);
  }
}
