package io.maskwire.dealer.function;

import io.maskwire.dealer.Refusal;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.operations.AuditEntry;
import io.maskwire.operations.AuditTrail;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures as JSON: a word for programs, a sentence for people. Refusals are audited. */
@Singleton
final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  private final AuditTrail audit;

  Failures(AuditTrail audit) {
    this.audit = audit;
  }

  @ServerExceptionMapper
  RestResponse<byte[]> refused(Refusal refusal, ContainerRequestContext request) {
    audit.write(
        AuditEntry.ofRequest(
            refusal.reason().code(),
            request.getMethod() + " " + request.getUriInfo().getRequestUri().getPath(),
            String.valueOf(refusal.getMessage())));
    var answer = answer(refusal.reason().status(), refusal.reason().code(), refusal);
    if (refusal.reason().status() == RestResponse.StatusCode.UNAUTHORIZED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return answer.build();
  }

  @ServerExceptionMapper
  RestResponse<byte[]> unavailable(StoreException failure) {
    LOG.error("the store failed", failure);
    return answer(
            RestResponse.StatusCode.SERVICE_UNAVAILABLE,
            "store-unavailable",
            new IllegalStateException("the dealer's store cannot be reached; try again later"))
        .build();
  }

  private static RestResponse.ResponseBuilder<byte[]> answer(
      int status, String code, RuntimeException failure) {
    byte[] body =
        JsonObject.create()
            .put("error", code)
            .put("message", String.valueOf(failure.getMessage()))
            .toBytes();
    return RestResponse.ResponseBuilder.<byte[]>create(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(body);
  }
}
