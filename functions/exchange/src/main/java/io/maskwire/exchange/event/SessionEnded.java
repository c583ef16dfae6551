package io.maskwire.exchange.event;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import java.util.Locale;

/**
 * Nothing more happens in a session: whoever has keys or masks of it erases them.
 *
 * @param session which
 * @param name of what model
 * @param outcome how it ended
 */
public record SessionEnded(SessionId session, ModelVersionName name, Outcome outcome) {

  /** How a session ends. */
  public enum Outcome {
    /** Both result shares are with the user. */
    COMPLETED,
    /** It was not finished in time. */
    EXPIRED,
    /** A party cannot go on with it. */
    FAILED
  }

  /** The event's data. */
  public byte[] toJson() {
    return JsonObject.create()
        .put("session", session.toString())
        .put(name)
        .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .toBytes();
  }

  /** Reads the event's data. */
  public static SessionEnded fromJson(byte[] data) {
    JsonObject json = JsonObject.parse(data, "the event 'session ended'");
    return new SessionEnded(
        SessionIds.parse(json.text("session")),
        json.modelVersion(),
        Outcome.valueOf(json.text("outcome").toUpperCase(Locale.ROOT)));
  }
}
