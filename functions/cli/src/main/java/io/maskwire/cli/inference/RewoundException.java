package io.maskwire.cli.inference;

/**
 * Somebody asks that keys or masks serve a second value. Nothing that depends on it has been sent;
 * the message says what was asked and what to do.
 */
public final class RewoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal in words fit for a terminal. */
  public RewoundException(String message) {
    super(message);
  }
}
