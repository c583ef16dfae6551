package io.maskwire.crypto.execution;

/** The channel to the other party failed; the message says how and is fit for a terminal. */
public final class ChannelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What failed, for callers that react differently. */
  public enum ErrorCode {
    /** This side: the network, the machine, or a channel used after it was closed. */
    IO,
    /** The peer ended the channel, died, or the connection to it broke. */
    PEER_CLOSED,
    /** The peer was silent for too long. */
    PEER_TIMEOUT,
    /** The peer does not keep to the protocol, or runs another session, program or version. */
    PROTOCOL,
    /** A side does not trust the other side's certificate. */
    UNTRUSTED_PEER
  }

  private final ErrorCode errorCode;

  public ChannelException(ErrorCode errorCode, String message) {
    super(message);
    this.errorCode = errorCode;
  }

  public ChannelException(ErrorCode errorCode, String message, Throwable cause) {
    super(message, cause);
    this.errorCode = errorCode;
  }

  /** What failed. */
  public ErrorCode errorCode() {
    return errorCode;
  }
}
