package io.maskwire.gateway;

import io.maskwire.exchange.event.JsonObject;
import java.time.Instant;

/**
 * Something that somebody tried and was not allowed to do. Has no secrets, and none of a request's
 * content.
 *
 * @param time when
 * @param reason code of the {@link Problem}
 * @param session the session that was asked for, or empty
 * @param detail for people
 */
public record Refusal(Instant time, String reason, String session, String detail) {

  /** The record of the topic {@code audit-user}. */
  public byte[] toJson() {
    return JsonObject.create()
        .put("time", time)
        .put("function", "gateway")
        .put("reason", reason)
        .put("session", session)
        .put("detail", detail)
        .toBytes();
  }
}
