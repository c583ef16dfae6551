package io.maskwire.party.session;

import io.maskwire.crypto.wire.SessionId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The sessions that were active last, within a bound of memory. Each has a lock of its own: its
 * events are handled one at a time, those of different sessions side by side. What is dropped is
 * read again from the session's log. Thread safe.
 */
public final class WarmSessions {
  private final long mostBytes;
  private final Map<SessionId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private static final class Entry {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final ActiveSession session;
    private int users;
    private long bytes;

    private Entry(SessionId id) {
      session = new ActiveSession(id);
    }
  }

  /**
   * A cache of about {@code mostBytes}; sessions in use or ahead of their logs are kept in any
   * case.
   */
  public WarmSessions(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Runs {@code action} on the session {@code id}, alone. */
  <T> T with(SessionId id, Function<ActiveSession, T> action) {
    Entry entry = enter(id);
    entry.lock.lock();
    try {
      return action.apply(entry.session);
    } finally {
      long estimated = entry.session.estimatedBytes();
      entry.lock.unlock();
      leave(entry, estimated);
    }
  }

  private synchronized Entry enter(SessionId id) {
    Entry entry = entries.computeIfAbsent(id, Entry::new);
    entry.users++;
    return entry;
  }

  private synchronized void leave(Entry entry, long estimated) {
    bytes += estimated - entry.bytes;
    entry.bytes = estimated;
    entry.users--;
    Iterator<Entry> eldest = entries.values().iterator();
    while (bytes > mostBytes && eldest.hasNext()) {
      Entry next = eldest.next();
      if (next.users == 0 && !next.session.isAhead()) {
        eldest.remove();
        bytes -= next.bytes;
        next.session.forget();
      }
    }
  }

  /** Number of sessions that are remembered. */
  public synchronized int size() {
    return entries.size();
  }

  /** About how much memory they take. */
  public synchronized long estimatedBytes() {
    return bytes;
  }
}
