package io.maskwire.exchange.event;

import io.maskwire.crypto.wire.SessionId;
import java.util.HexFormat;

/** Session ids as keys of events and names of blobs: 32 hexadecimal digits. */
public final class SessionIds {
  private SessionIds() {}

  /**
   * Reads an id.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SessionId parse(String text) {
    if (text.length() != 2 * SessionId.BYTES) {
      throw new IllegalArgumentException(
          "a session id has %d hexadecimal digits, not '%s'".formatted(2 * SessionId.BYTES, text));
    }
    try {
      return new SessionId(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no session id: '" + text + "'", e);
    }
  }
}
