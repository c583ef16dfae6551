package io.maskwire.crypto.execution;

/** A value outside the range in which the secure result is exact. */
public final class RangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message names the node, the value and the bound. */
  public RangeException(String message) {
    super(message);
  }
}
