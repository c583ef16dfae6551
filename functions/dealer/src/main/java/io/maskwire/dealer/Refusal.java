package io.maskwire.dealer;

/** A request that the dealer does not grant. The message is for the caller: no secret in it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** Why a request is refused. */
  public enum Reason {
    /** The request itself is wrong. */
    MALFORMED(400, "malformed"),
    /** No token came with it. */
    NO_TOKEN(401, "no-token"),
    /** The token has expired, is damaged, or others have signed it. */
    TOKEN_REFUSED(401, "token-refused"),
    /** A good token, for something else. */
    FOREIGN_TOKEN(403, "foreign-token"),
    /** There is no such program. */
    UNKNOWN_PROGRAM(404, "unknown-program"),
    /** There is no such session. */
    UNKNOWN_SESSION(404, "unknown-session"),
    /** The version is another program's. */
    OTHER_PROGRAM(409, "other-program"),
    /** The session is over, its masks are erased. */
    SESSION_ENDED(410, "session-ended");

    private final int status;
    private final String code;

    Reason(int status, String code) {
      this.status = status;
      this.code = code;
    }

    /** The HTTP status that says so. */
    public int status() {
      return status;
    }

    /** The word for it in answers, metrics and audits. */
    public String code() {
      return code;
    }
  }

  /** A refusal for {@code reason}. */
  public Refusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A refusal for {@code reason}, found out by {@code cause}. */
  public Refusal(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
