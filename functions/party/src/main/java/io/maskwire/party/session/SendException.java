package io.maskwire.party.session;

/** The broker has not confirmed an event; it must be sent again. */
public final class SendException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What was not confirmed, and why. */
  public SendException(String message, Throwable cause) {
    super(message, cause);
  }
}
