package io.maskwire.operations;

import io.maskwire.exchange.event.JsonObject;
import java.time.Instant;

/**
 * Something that somebody tried and was not granted. Has no secrets, and nothing of a request's
 * content.
 *
 * @param reason a word for programs, the same in answers and metrics
 * @param session id that was asked for, as it came but cut to an id's length, so that a hostile
 *     address fills no log; empty where there is none
 * @param request what was asked, such as {@code GET /masks}; empty where the session tells
 * @param detail a sentence for people
 */
public record AuditEntry(String reason, String session, String request, String detail) {
  private static final int ID_LENGTH = 32;

  /** Cuts the session's id. */
  public AuditEntry {
    session = session.length() <= ID_LENGTH ? session : session.substring(0, ID_LENGTH);
  }

  /** What was refused to a session. */
  public static AuditEntry ofSession(String reason, String session, String detail) {
    return new AuditEntry(reason, session, "", detail);
  }

  /** A request that was refused. */
  public static AuditEntry ofRequest(String reason, String request, String detail) {
    return new AuditEntry(reason, "", request, detail);
  }

  /** As it is written down by {@code function}. */
  byte[] toJson(Instant time, String function) {
    JsonObject json =
        JsonObject.create().put("time", time).put("function", function).put("reason", reason);
    if (!session.isEmpty()) {
      json.put("session", session);
    }
    if (!request.isEmpty()) {
      json.put("request", request);
    }
    return json.put("detail", detail).toBytes();
  }
}
