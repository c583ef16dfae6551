package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells who listens how far a session is, in order: rounds rise, the end comes last. It knows what
 * happened since this instance started; nothing depends on it.
 */
public final class Progress {
  private static final int MOST_REMEMBERED = 10_000;

  private final Map<SessionId, List<Listener>> listeners = new HashMap<>();
  private final RecentlyUsed<SessionId, Integer> rounds = new RecentlyUsed<>(MOST_REMEMBERED);
  private final RecentlyUsed<SessionId, Outcome> outcomes = new RecentlyUsed<>(MOST_REMEMBERED);

  /** Hears of one session; must not block. */
  public interface Listener {
    /** Party 0 has sent its message of {@code round}, counted from 1; 0 is before the first. */
    void round(int round);

    /** The session has ended. */
    void ended(Outcome outcome);

    /** Nothing happened; the connection is alive. */
    void heartbeat();
  }

  /** Stops listening. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Tells {@code listener} at once where the session is, then all that follows. */
  public synchronized Subscription subscribe(SessionId session, Listener listener) {
    Optional<Outcome> outcome = outcomes.get(session);
    if (outcome.isPresent()) {
      listener.ended(outcome.get());
      return () -> {};
    }
    listener.round(round(session));
    listeners.computeIfAbsent(session, any -> new ArrayList<>()).add(listener);
    return () -> unsubscribe(session, listener);
  }

  private synchronized void unsubscribe(SessionId session, Listener listener) {
    listeners.computeIfPresent(
        session,
        (any, list) -> {
          list.remove(listener);
          return list.isEmpty() ? null : list;
        });
  }

  /** The round that a session is in, as far as is known. */
  public int round(SessionId session) {
    return rounds.get(session).orElse(0);
  }

  /** Party 0 has sent its message of {@code round}, counted from 1. */
  public synchronized void sent(SessionId session, int round) {
    if (round <= round(session) || outcomes.get(session).isPresent()) {
      return;
    }
    rounds.put(session, round);
    List.copyOf(listeners.getOrDefault(session, List.of()))
        .forEach(listener -> listener.round(round));
  }

  /** A session has ended. */
  public synchronized void ended(SessionId session, Outcome outcome) {
    if (outcomes.get(session).isPresent()) {
      return;
    }
    outcomes.put(session, outcome);
    rounds.remove(session);
    List<Listener> last = listeners.remove(session);
    if (last != null) {
      List.copyOf(last).forEach(listener -> listener.ended(outcome));
    }
  }

  /** Reminds all connections that they are alive. */
  public synchronized void heartbeat() {
    listeners.values().forEach(list -> List.copyOf(list).forEach(Listener::heartbeat));
  }

  /** How many listen. */
  public synchronized int listening() {
    return listeners.values().stream().mapToInt(List::size).sum();
  }
}
