package io.maskwire.cli.command;

/** Something that a policy forbids. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says which policy and how to have another. */
  public PolicyException(String message) {
    super(message);
  }
}
