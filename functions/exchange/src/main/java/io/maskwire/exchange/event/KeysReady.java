package io.maskwire.exchange.event;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import java.time.Instant;

/**
 * The keys of a session are with both parties.
 *
 * @param session the session that they serve
 * @param name of what model
 * @param expires when they are erased if nobody opens the session
 */
public record KeysReady(SessionId session, ModelVersionName name, Instant expires) {

  /** The event's data. */
  public byte[] toJson() {
    return JsonObject.create()
        .put("session", session.toString())
        .put(name)
        .put("expires", expires)
        .toBytes();
  }

  /** Reads the event's data. */
  public static KeysReady fromJson(byte[] data) {
    JsonObject json = JsonObject.parse(data, "the event 'keys ready'");
    return new KeysReady(
        SessionIds.parse(json.text("session")), json.modelVersion(), json.time("expires"));
  }
}
