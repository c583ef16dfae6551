package io.maskwire.exchange.event;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import java.time.Instant;

/**
 * A user has been given the keys of a session: parties prepare, the dealer refills its stock.
 *
 * @param session which
 * @param name of what model
 * @param resultKey the user's public key for this session, an uncompressed point of P-256, for
 *     which result shares are sealed
 * @param expires when it is given up
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record SessionOpened(
    SessionId session, ModelVersionName name, byte[] resultKey, Instant expires) {

  /** The event's data. */
  public byte[] toJson() {
    return JsonObject.create()
        .put("session", session.toString())
        .put(name)
        .put("resultKey", resultKey)
        .put("expires", expires)
        .toBytes();
  }

  /** Reads the event's data. */
  public static SessionOpened fromJson(byte[] data) {
    JsonObject json = JsonObject.parse(data, "the event 'session opened'");
    return new SessionOpened(
        SessionIds.parse(json.text("session")),
        json.modelVersion(),
        json.bytes("resultKey"),
        json.time("expires"));
  }
}
