package io.maskwire.gateway.rest;

import io.maskwire.exchange.event.JsonObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/** Failures outside {@code /api}, and those that HTTP finds before a resource, as JSON as well. */
@Singleton
public class UnroutedProblems {
  private static final List<Response.Status> STATUSES =
      List.of(
          Response.Status.BAD_REQUEST,
          Response.Status.NOT_FOUND,
          Response.Status.METHOD_NOT_ALLOWED,
          Response.Status.REQUEST_ENTITY_TOO_LARGE);

  void register(@Observes Router router) {
    for (Response.Status status : STATUSES) {
      String reason = status.getReasonPhrase();
      byte[] body =
          JsonObject.create()
              .put("error", reason.toLowerCase(Locale.ROOT).replace(' ', '-'))
              .put("message", reason)
              .toBytes();
      router.errorHandler(
          status.getStatusCode(),
          context ->
              context
                  .response()
                  .setStatusCode(status.getStatusCode())
                  .putHeader("Content-Type", "application/json")
                  .end(Buffer.buffer(body)));
    }
  }
}
