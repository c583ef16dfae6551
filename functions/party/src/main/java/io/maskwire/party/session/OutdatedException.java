package io.maskwire.party.session;

/** Another instance of the party has changed a session's log since it was read. */
public final class OutdatedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutdatedException() {
    super("the log has changed", null, false, false);
  }
}
