package io.maskwire.party.session;

/** The broker has not confirmed an event. */
public final class SendException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean passing;

  /** What was not confirmed, and why; it may be taken later. */
  public SendException(String message, Throwable cause) {
    this(message, cause, true);
  }

  /** What was not confirmed, why, and whether it may be taken later. */
  public SendException(String message, Throwable cause, boolean passing) {
    super(message, cause);
    this.passing = passing;
  }

  /** False if sending it again is in vain. */
  public boolean isPassing() {
    return passing;
  }
}
