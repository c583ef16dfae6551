package io.maskwire.cli.check;

/** A case that cannot pass: its data is not whole, or does not fit its model, or differs. */
final class CaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message says what, in which file. */
  CaseException(String message) {
    super(message);
  }
}
