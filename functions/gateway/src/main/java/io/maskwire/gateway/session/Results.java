package io.maskwire.gateway.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.store.BlobContainer;
import java.util.Optional;

/**
 * Takes the parties' result shares, as they sealed them for the user: this code has no key for
 * them. The first share of a party stays; a party that sends again after a crash has sealed the
 * same share anew, so other bytes are no attack and change nothing.
 */
public final class Results {
  private static final int MOST_CACHED = 512;
  private static final int LARGEST_CACHED = 64 << 10;

  private final BlobContainer results;
  private final BlobContainer claims;
  private final SessionRegistry registry;
  private final SessionEndings endings;
  private final RecentlyUsed<String, byte[]> cache = new RecentlyUsed<>(MOST_CACHED);

  /**
   * Both shares of a session.
   *
   * @param party0 sealed by party 0 for the user
   * @param party1 sealed by party 1 for the user
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Shares(byte[] party0, byte[] party1) {}

  /**
   * Where results are.
   *
   * @param results the container {@code results}
   * @param claims where party 0 leaves large shares; party 1 leaves them in {@code results}
   */
  public record Containers(BlobContainer results, BlobContainer claims) {}

  /** Results in {@code containers}. */
  public Results(Containers containers, SessionRegistry registry, SessionEndings endings) {
    results = containers.results();
    claims = containers.claims();
    this.registry = registry;
    this.endings = endings;
  }

  /**
   * Stores the share that {@code party} sent, and ends the session if it has both. The user, who
   * waits, hears of the second share first: if it cannot be stored, its event comes again.
   * Repeatable.
   *
   * @throws IllegalArgumentException if there is no such session
   */
  public void accept(SessionId session, Role party, byte[] sealed) {
    SessionRecord record = require(session);
    String name = SessionBlobs.share(session, party);
    if (sealed.length <= LARGEST_CACHED && cache.get(name).isEmpty()) {
      cache.put(name, sealed);
    }
    if (recent(session).isPresent()) {
      endings.tellUser(record);
    }
    if (!results.create(name, sealed) && sealed.length <= LARGEST_CACHED) {
      results.read(name).ifPresent(first -> cache.put(name, first));
    }
    completeIfWhole(record);
  }

  /**
   * As {@link #accept}, of a share that {@code party} left in a blob, which is deleted once it is
   * copied.
   *
   * @throws IllegalArgumentException if there is no such session or blob
   */
  public void acceptClaim(SessionId session, Role party, String reference) {
    SessionRecord record = require(session);
    if (!reference.matches(session + "/[0-9A-Za-z-]+")) {
      throw new IllegalArgumentException(
          "the blob '%s' is not of session %s".formatted(reference, session));
    }
    BlobContainer container = party == Role.PARTY_0 ? claims : results;
    if (!isStored(session, party)) {
      byte[] sealed =
          container
              .read(reference)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "party %d left no blob '%s'".formatted(party.index(), reference)));
      accept(session, party, sealed);
    }
    if (party == Role.PARTY_0 || !reference.equals(SessionBlobs.share(session, party))) {
      container.delete(reference);
    }
    completeIfWhole(record);
  }

  /**
   * Ends a session of which a party says that it cannot go on, unless both shares are here.
   * Repeatable.
   *
   * @throws IllegalArgumentException if there is no such session
   */
  public void fail(SessionId session) {
    SessionRecord record = require(session);
    if (isComplete(session)) {
      endings.complete(record);
    } else if (!endings.end(record, SessionEnded.Outcome.FAILED)) {
      endings.announceIfMissed(record);
    }
  }

  private SessionRecord require(SessionId session) {
    return registry
        .find(session)
        .orElseThrow(() -> new IllegalArgumentException("no session " + session));
  }

  private void completeIfWhole(SessionRecord record) {
    if (isComplete(record.session())) {
      endings.complete(record);
    }
  }

  private boolean isStored(SessionId session, Role party) {
    String name = SessionBlobs.share(session, party);
    return cache.get(name).isPresent() || results.length(name).isPresent();
  }

  /** Whether both shares are there. */
  boolean isComplete(SessionId session) {
    return isStored(session, Role.PARTY_0) && isStored(session, Role.PARTY_1);
  }

  /** Both shares, if this instance has just received them; they may not be stored yet. */
  public Optional<Shares> recent(SessionId session) {
    return cache
        .get(SessionBlobs.share(session, Role.PARTY_0))
        .flatMap(
            first ->
                cache
                    .get(SessionBlobs.share(session, Role.PARTY_1))
                    .map(second -> new Shares(first, second)));
  }

  /** Both shares, if they are there. */
  public Optional<Shares> shares(SessionId session) {
    return share(session, Role.PARTY_0)
        .flatMap(first -> share(session, Role.PARTY_1).map(second -> new Shares(first, second)));
  }

  private Optional<byte[]> share(SessionId session, Role party) {
    String name = SessionBlobs.share(session, party);
    return cache.get(name).or(() -> results.read(name));
  }

  /** Deletes both shares. */
  void erase(SessionId session) {
    for (Role party : Role.values()) {
      String name = SessionBlobs.share(session, party);
      cache.remove(name);
      results.delete(name);
    }
  }
}
