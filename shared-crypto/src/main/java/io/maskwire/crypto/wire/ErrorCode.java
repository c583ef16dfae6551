package io.maskwire.crypto.wire;

/** Why bytes from outside were refused. */
public enum ErrorCode {
  /** Not the format that it should be, or cut short, or damaged. */
  MALFORMED,
  /** A format version that this build does not know. */
  UNKNOWN_VERSION,
  /** Made for another program or model version. */
  WRONG_PROGRAM,
  /** Made for another session. */
  WRONG_SESSION,
  /** Made for the other role. */
  WRONG_ROLE,
  /** The peer computed on another transcript. */
  WRONG_TRANSCRIPT,
  /** The session already serves another input. */
  SESSION_CLAIMED
}
