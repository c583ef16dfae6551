package io.maskwire.crypto.wire;

/** Bytes from the peer, from storage or from the wire that are not what they must be. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A refusal for {@code code}; the message says what was found, where, and what to do. */
  public ProtocolException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** A refusal with a cause. */
  public ProtocolException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The kind of refusal. */
  public ErrorCode code() {
    return code;
  }
}
