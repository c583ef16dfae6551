package io.maskwire.party.intake;

import io.maskwire.crypto.wire.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sessions that have failed here lately. What follows of them is put aside at once, so that they
 * cost others no time; who is forgotten fails again. Thread safe.
 */
final class FailedSessions {
  private static final int MOST = 10_000;

  private final Map<SessionId, Boolean> sessions =
      new LinkedHashMap<SessionId, Boolean>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** True if {@code session} is new here. */
  synchronized boolean add(SessionId session) {
    return sessions.put(session, true) == null;
  }

  synchronized boolean contains(SessionId session) {
    return sessions.containsKey(session);
  }
}
