package io.maskwire.party.blob;

/**
 * A blob that an event needs does not exist: the session is unknown, or long over. Trying again
 * does not help.
 */
public final class MissingBlobException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says which blob, and what it would be. */
  public MissingBlobException(String what, String name) {
    super("there is no %s '%s'".formatted(what, name));
  }
}
