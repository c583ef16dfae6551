package io.maskwire.cli.gateway;

import io.maskwire.cli.inference.RewoundException;
import io.maskwire.crypto.wire.SessionId;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/**
 * Ids of sessions that this user has masked an input for. A session that is opened under one of
 * them again would put a second input under the same mask. Thread safe.
 */
public interface UsedSessions {
  /**
   * Remembers {@code session} before anything that is masked for it leaves.
   *
   * @throws RewoundException if it was used before
   * @throws IllegalArgumentException if it cannot be remembered; says where and what to do
   */
  void use(SessionId session);

  /** Those of this process alone: for a gateway that does not outlive it. */
  static UsedSessions inProcess() {
    Set<SessionId> used = new HashSet<>();
    return session -> {
      synchronized (used) {
        if (!used.add(session)) {
          throw usedBefore(session);
        }
      }
    };
  }

  /** Those of all of this user's processes, on disk where the environment says. */
  static UsedSessions ofUser() {
    return new UsedSessionsFile(UsedSessionsFile.folder(System.getenv()), Clock.systemUTC());
  }

  /** The refusal of a session that was used before. */
  static RewoundException usedBefore(SessionId session) {
    return new RewoundException(
        ("the gateway opened session %s, which was used here before: a second input under the same"
                + " mask would give away the difference of both. Nothing was sent. Try again; if it"
                + " happens again, do not use this gateway, and tell its operator")
            .formatted(session));
  }
}
