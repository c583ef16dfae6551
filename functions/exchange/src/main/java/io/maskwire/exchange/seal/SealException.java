package io.maskwire.exchange.seal;

/** Sealed bytes that were made for others, by others, or changed on the way. */
public final class SealException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What cannot be opened. */
  public SealException(String message) {
    super(message);
  }

  /** What cannot be opened, and why. */
  public SealException(String message, Throwable cause) {
    super(message, cause);
  }
}
