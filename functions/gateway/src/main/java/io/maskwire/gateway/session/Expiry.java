package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Ends what was not finished in time, tells again what a crash kept from being told, and erases
 * what is over. Any number of instances may sweep.
 */
public final class Expiry {
  /** Who ended a session tells it at once; after this time, it has crashed. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final BlobContainer sessions;
  private final BlobContainer inputs;
  private final SessionRegistry registry;
  private final ReadyKeys keys;
  private final Results results;
  private final SessionEndings endings;
  private final Lifetimes lifetimes;
  private final Clock clock;

  /**
   * What a session leaves behind.
   *
   * @param sessions records
   * @param inputs masked inputs
   * @param keys party 1's keys: a record stays as long as they do, so that they are bound once
   * @param results result shares
   */
  public record Remains(
      BlobContainer sessions, BlobContainer inputs, ReadyKeys keys, Results results) {}

  /** Sweeps {@code remains}. */
  public Expiry(
      Remains remains,
      SessionRegistry registry,
      SessionEndings endings,
      Lifetimes lifetimes,
      Clock clock) {
    sessions = remains.sessions();
    inputs = remains.inputs();
    keys = remains.keys();
    results = remains.results();
    this.registry = registry;
    this.endings = endings;
    this.lifetimes = lifetimes;
    this.clock = clock;
  }

  /**
   * Looks at every session once; the next sweep tries again what failed.
   *
   * @throws RuntimeException after all others were looked at, if that failed for some
   */
  public void sweep() {
    Map<String, Map<String, Instant>> all =
        sessions.list("").stream()
            .map(entry -> Map.entry(entry.name().split("/", 2), entry))
            .filter(entry -> entry.getKey().length == 2)
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey()[0],
                    Collectors.toMap(entry -> entry.getKey()[1], entry -> modified(entry))));
    List<RuntimeException> failures = new ArrayList<>();
    all.forEach(
        (session, blobs) -> {
          try {
            find(session).ifPresent(id -> sweep(id, blobs));
          } catch (RuntimeException e) {
            failures.add(e); // one session that cannot be ended or erased keeps no other
          }
        });
    if (!failures.isEmpty()) {
      RuntimeException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  /** Blobs of other names are none of ours, and left alone. */
  private static Optional<SessionId> find(String name) {
    try {
      return Optional.of(SessionIds.parse(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Instant modified(Map.Entry<String[], BlobEntry> entry) {
    return entry.getValue().modified();
  }

  private void sweep(SessionId session, Map<String, Instant> blobs) {
    Instant now = clock.instant();
    Instant ended = blobs.get(SessionBlobs.ENDED);
    if (!blobs.containsKey(SessionBlobs.RECORD)) {
      eraseEnding(session);
    } else if (ended == null) {
      registry.find(session).filter(record -> record.isExpired(now)).ifPresent(this::end);
    } else if (!blobs.containsKey(SessionBlobs.ANNOUNCED)) {
      if (ended.plus(GRACE).isBefore(now)) {
        registry.find(session).ifPresent(endings::announceIfMissed);
      }
    } else if (ended.plus(lifetimes.retention()).isBefore(now)) {
      registry
          .find(session)
          .filter(record -> record.isExpired(now) && !keys.exist(record.name(), session))
          .ifPresent(this::erase);
    }
  }

  private void end(SessionRecord record) {
    SessionId session = record.session();
    endings.end(record, results.isComplete(session) ? Outcome.COMPLETED : Outcome.EXPIRED);
  }

  private void erase(SessionRecord record) {
    SessionId session = record.session();
    inputs.delete(SessionBlobs.input(session));
    results.erase(session);
    sessions.delete(SessionBlobs.record(session));
    registry.forget(session);
    eraseEnding(session);
  }

  /** After the record, without which nobody takes a session for one that has not ended. */
  private void eraseEnding(SessionId session) {
    sessions.delete(SessionBlobs.announced(session));
    sessions.delete(SessionBlobs.ended(session));
  }
}
