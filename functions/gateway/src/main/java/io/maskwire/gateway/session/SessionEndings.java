package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.maskwire.exchange.store.BlobContainer;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Ends sessions, each in one way: whoever creates {@code ended.json} decides. Everybody is told
 * after that; {@code announced} says that they have been, so that a crash in between is made up
 * for.
 */
public final class SessionEndings {
  private static final System.Logger LOG = System.getLogger(SessionEndings.class.getName());

  private final BlobContainer sessions;
  private final SessionEvents events;
  private final Progress progress;
  private final GatewayMetrics metrics;
  private final Clock clock;

  /** Endings in the container {@code sessions}. */
  public SessionEndings(
      BlobContainer sessions,
      SessionEvents events,
      Progress progress,
      GatewayMetrics metrics,
      Clock clock) {
    this.sessions = sessions;
    this.events = events;
    this.progress = progress;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Both shares are here: tells the user who waits, if it is not too late. */
  void tellUser(SessionRecord record) {
    metrics.shared(record.session());
    if (!record.isExpired(clock.instant())) {
      progress.ended(record.session(), Outcome.COMPLETED);
    }
  }

  /** Both shares are stored. The user who waits hears of it before it is written down. */
  void complete(SessionRecord record) {
    tellUser(record);
    if (!end(record, Outcome.COMPLETED)) {
      announceIfMissed(record);
    }
  }

  /**
   * Ends a session unless it has ended.
   *
   * @return whether this call decided it
   */
  boolean end(SessionRecord record, Outcome outcome) {
    byte[] decision =
        JsonObject.create().put("outcome", outcome.name().toLowerCase(Locale.ROOT)).toBytes();
    if (!sessions.create(SessionBlobs.ended(record.session()), decision)) {
      return false;
    }
    LOG.log(Level.INFO, "session {0} ended: {1}", record.session(), outcome);
    metrics.ended(outcome);
    progress.ended(record.session(), outcome);
    announce(record, outcome);
    return true;
  }

  /** Tells everybody, again if need be, how a session ended. */
  void announceIfMissed(SessionRecord record) {
    if (sessions.length(SessionBlobs.announced(record.session())).isEmpty()) {
      outcome(record.session()).ifPresent(outcome -> announce(record, outcome));
    }
  }

  private void announce(SessionRecord record, Outcome outcome) {
    events.ended(new SessionEnded(record.session(), record.name(), outcome));
    sessions.create(SessionBlobs.announced(record.session()), new byte[0]);
  }

  /** How a session ended, if it has. */
  Optional<Outcome> outcome(SessionId session) {
    return sessions
        .read(SessionBlobs.ended(session))
        .map(bytes -> JsonObject.parse(bytes, "the end of a session").text("outcome"))
        .map(outcome -> Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)));
  }
}
