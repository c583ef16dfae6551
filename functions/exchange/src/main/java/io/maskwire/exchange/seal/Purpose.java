package io.maskwire.exchange.seal;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What sealed bytes are for. It is authenticated: bytes that were sealed for one purpose do not
 * open for another.
 *
 * @param text names it
 */
public record Purpose(String text) {

  /** The masked input of a session. */
  public static Purpose input(SessionId session) {
    return new Purpose("maskwire/1 input " + session);
  }

  /** The message of {@code sender} in a round. */
  public static Purpose round(SessionId session, Role sender, int round) {
    return new Purpose(
        "maskwire/1 round %d of party %d in %s".formatted(round, sender.index(), session));
  }

  /** The result share of {@code sender}. */
  public static Purpose result(SessionId session, Role sender) {
    return new Purpose("maskwire/1 result of party %d in %s".formatted(sender.index(), session));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The purpose, with what stands before the ciphertext. */
  byte[] with(byte[] header) {
    byte[] bytes = bytes();
    return ByteBuffer.allocate(4 + bytes.length + header.length)
        .putInt(bytes.length)
        .put(bytes)
        .put(header)
        .array();
  }
}
