package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.event.SessionOpened;
import java.time.Instant;

/**
 * What is decided when a session opens, and does not change.
 *
 * @param session which; the key set is bound by the creation of this record
 * @param opening random name of this opening, which tells the winner of two
 * @param name of what model
 * @param rounds of its program
 * @param inputBytes length that the sealed input must have
 * @param resultKey the user's public key
 * @param opened when
 * @param expires when it is given up
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record SessionRecord(
    SessionId session,
    String opening,
    ModelVersionName name,
    int rounds,
    int inputBytes,
    byte[] resultKey,
    Instant opened,
    Instant expires) {

  SessionOpened openedEvent() {
    return new SessionOpened(session, name, resultKey, expires);
  }

  InputUploaded uploadedEvent() {
    return new InputUploaded(session, name, resultKey);
  }

  byte[] toJson() {
    return JsonObject.create()
        .put("session", session.toString())
        .put("opening", opening)
        .put(name)
        .put("rounds", rounds)
        .put("inputBytes", inputBytes)
        .put("resultKey", resultKey)
        .put("opened", opened)
        .put("expires", expires)
        .toBytes();
  }

  static SessionRecord fromJson(byte[] bytes) {
    JsonObject json = JsonObject.parse(bytes, "the record of a session");
    return new SessionRecord(
        SessionIds.parse(json.text("session")),
        json.text("opening"),
        json.modelVersion(),
        Math.toIntExact(json.number("rounds")),
        Math.toIntExact(json.number("inputBytes")),
        json.bytes("resultKey"),
        json.time("opened"),
        json.time("expires"));
  }

  /** Whether it is over at {@code now}. */
  boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }
}
