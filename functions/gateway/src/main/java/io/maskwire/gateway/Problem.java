package io.maskwire.gateway;

/** What a user is told when something cannot be done: a code for programs, a status for HTTP. */
public enum Problem {
  /** The request cannot be understood. */
  MALFORMED("malformed", 400),
  /** No bearer token came along. */
  NO_TOKEN("no-token", 401),
  /** The token is expired, changed, or not of this gateway. */
  BAD_TOKEN("bad-token", 401),
  /** Nobody is signed in, or the sign-in has expired. */
  NOT_SIGNED_IN("not-signed-in", 401),
  /** Who is signed in lacks the role that is needed. */
  ROLE_MISSING("role-missing", 403),
  /** The token is of another session. */
  FOREIGN_TOKEN("foreign-token", 403),
  /** There is nothing at this address. */
  NOT_FOUND("not-found", 404),
  /** No such model or version is published. */
  UNKNOWN_MODEL("unknown-model", 404),
  /** No such session. */
  UNKNOWN_SESSION("unknown-session", 404),
  /** The session has another input already: keys serve one input only. */
  OTHER_INPUT("other-input", 409),
  /** The session has expired. */
  ENDED("ended", 410),
  /** More bytes than the model's input has. */
  TOO_LARGE("too-large", 413),
  /** A bug of ours; details are in the log. */
  INTERNAL("internal", 500),
  /** No keys are in stock; the dealer refills it. */
  STOCK_EMPTY("stock-empty", 503),
  /** Too many uploads at once. */
  BUSY("busy", 503),
  /** Store or broker cannot be reached. */
  UNAVAILABLE("unavailable", 503);

  private final String code;
  private final int status;

  Problem(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The code, {@code error} in answers. */
  public String code() {
    return code;
  }

  /** Status of the answer. */
  public int status() {
    return status;
  }
}
