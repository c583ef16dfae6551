package io.maskwire.gateway.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;

/** Names of a session's blobs. */
final class SessionBlobs {
  /** In {@code sessions}: {@link SessionRecord}. */
  static final String RECORD = "record.json";

  /** In {@code sessions}: how it ended. */
  static final String ENDED = "ended.json";

  /** In {@code sessions}: everybody has been told how it ended. */
  static final String ANNOUNCED = "announced";

  private SessionBlobs() {}

  static String record(SessionId session) {
    return session + "/" + RECORD;
  }

  static String ended(SessionId session) {
    return session + "/" + ENDED;
  }

  static String announced(SessionId session) {
    return session + "/" + ANNOUNCED;
  }

  /** In {@code inputs}. */
  static String input(SessionId session) {
    return session.toString();
  }

  /** In {@code results}. */
  static String share(SessionId session, Role party) {
    return session + "/" + party.index();
  }
}
