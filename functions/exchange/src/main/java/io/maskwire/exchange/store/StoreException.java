package io.maskwire.exchange.store;

/** The store refused, or could not be reached. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why it failed. */
  public enum Reason {
    /** The credentials do not allow it. */
    DENIED,
    /** It may work later. */
    UNAVAILABLE,
    /** Anything else. */
    FAILED
  }

  private final Reason reason;

  /** What was tried, and why it failed. */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
