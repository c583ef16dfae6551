package io.maskwire.exchange.event;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;

/**
 * A session's masked input is in the container {@code inputs}: the inference starts. Carries all
 * that {@link SessionOpened} says, so that it suffices alone.
 *
 * @param session which, and the blob's name
 * @param name of what model
 * @param resultKey the user's public key for this session
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record InputUploaded(SessionId session, ModelVersionName name, byte[] resultKey) {

  /** The event's data. */
  public byte[] toJson() {
    return JsonObject.create()
        .put("session", session.toString())
        .put(name)
        .put("resultKey", resultKey)
        .toBytes();
  }

  /** Reads the event's data. */
  public static InputUploaded fromJson(byte[] data) {
    JsonObject json = JsonObject.parse(data, "the event 'input uploaded'");
    return new InputUploaded(
        SessionIds.parse(json.text("session")), json.modelVersion(), json.bytes("resultKey"));
  }
}
