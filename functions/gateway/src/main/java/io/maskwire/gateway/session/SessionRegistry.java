package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.model.PublishedModel;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens sessions: binds a key set to one user. The creation of the session's record decides, which
 * the store does atomically, so no key set is given to two users, however many instances run.
 */
public final class SessionRegistry {
  private static final System.Logger LOG = System.getLogger(SessionRegistry.class.getName());
  private static final int MOST_CACHED = 10_000;

  private final BlobContainer sessions;
  private final ReadyKeys ready;
  private final SessionEvents events;
  private final Lifetimes lifetimes;
  private final Clock clock;
  private final RecentlyUsed<SessionId, SessionRecord> cache = new RecentlyUsed<>(MOST_CACHED);

  /** The sessions whose records are in the container {@code sessions}. */
  public SessionRegistry(
      BlobContainer sessions,
      ReadyKeys ready,
      SessionEvents events,
      Lifetimes lifetimes,
      Clock clock) {
    this.sessions = sessions;
    this.ready = ready;
    this.events = events;
    this.lifetimes = lifetimes;
    this.clock = clock;
  }

  /**
   * Opens a session, and tells everybody.
   *
   * @param resultKey the user's public key, an uncompressed point of P-256
   * @throws ProblemException if the key is none, or no key set is in stock
   */
  public SessionRecord open(PublishedModel model, byte[] resultKey) {
    requireKey(resultKey);
    Optional<SessionId> next = ready.take(model.name());
    while (next.isPresent()) {
      SessionRecord record = record(next.get(), model, resultKey);
      if (ready.exist(model.name(), record.session()) && bind(record)) {
        events.opened(record.openedEvent());
        LOG.log(Level.INFO, "session {0} of {1} opened", record.session(), record.name());
        return record;
      }
      next = ready.take(model.name());
    }
    throw new ProblemException(
        Problem.STOCK_EMPTY,
        "no keys of model %s are in stock; the dealer refills it, try again"
            .formatted(model.name()));
  }

  private static void requireKey(byte[] resultKey) {
    try {
      SealKeys.decode(resultKey);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.MALFORMED, "resultKey: " + e.getMessage(), e);
    }
  }

  private SessionRecord record(SessionId session, PublishedModel model, byte[] resultKey) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new SessionRecord(
        session,
        UUID.randomUUID().toString(),
        model.name(),
        model.rounds(),
        model.inputBytes(),
        resultKey,
        now,
        now.plus(lifetimes.session()));
  }

  private boolean bind(SessionRecord record) {
    boolean bound =
        sessions.create(SessionBlobs.record(record.session()), record.toJson())
            // A repeated request, whose first answer was lost, finds its own record.
            || find(record.session()).orElseThrow().opening().equals(record.opening());
    if (bound) {
      cache.put(record.session(), record);
    }
    return bound;
  }

  /** The session {@code session}, if it was opened. */
  public Optional<SessionRecord> find(SessionId session) {
    Optional<SessionRecord> cached = cache.get(session);
    if (cached.isPresent()) {
      return cached;
    }
    Optional<SessionRecord> stored =
        sessions.read(SessionBlobs.record(session)).map(SessionRecord::fromJson);
    stored.ifPresent(record -> cache.put(session, record));
    return stored;
  }

  /** Forgets what was erased. */
  void forget(SessionId session) {
    cache.remove(session);
  }
}
