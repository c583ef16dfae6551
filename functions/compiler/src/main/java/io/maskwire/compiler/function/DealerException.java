package io.maskwire.compiler.function;

/** The dealer refused, or could not be reached. */
public final class DealerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What it said. */
  public DealerException(String message) {
    super(message);
  }

  /** What went wrong on the way. */
  public DealerException(String message, Throwable cause) {
    super(message, cause);
  }
}
