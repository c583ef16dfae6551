package io.maskwire.party.session;

import io.maskwire.crypto.wire.SessionId;

/**
 * An event that contradicts what the session already is. Nothing is changed, the first one stands;
 * whoever runs the party must be told.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What contradicts. */
  public enum Reason {
    /** The session's keys already serve another masked input. */
    OTHER_INPUT("other-input"),
    /** The peer has sent another message for this round. */
    OTHER_MESSAGE("other-message"),
    /** The session was opened for another model or result key. */
    OTHER_RECORD("other-record"),
    /** The peer computed on other inputs or openings. */
    OTHER_TRANSCRIPT("other-transcript");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** Its name in audit records and metrics. */
    public String code() {
      return code;
    }
  }

  private final transient SessionId session;
  private final Reason reason;

  RefusedException(SessionId session, Reason reason, String detail) {
    super("session %s: %s".formatted(session, detail));
    this.session = session;
    this.reason = reason;
  }

  /** Which session. */
  public SessionId session() {
    return session;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
