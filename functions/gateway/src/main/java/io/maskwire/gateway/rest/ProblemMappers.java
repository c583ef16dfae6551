package io.maskwire.gateway.rest;

import io.maskwire.exchange.store.StoreException;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures as JSON. What is our fault is logged, and not told. */
public class ProblemMappers {
  private static final System.Logger LOG = System.getLogger(ProblemMappers.class.getName());

  /** What the plain classes refuse. */
  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    if (e.problem().status() >= 500 && e.getCause() != null) {
      LOG.log(System.Logger.Level.WARNING, e.problem().code(), e);
    }
    return ProblemView.of(e.problem(), String.valueOf(e.getMessage()));
  }

  /** A store that is away, or refuses us. */
  @ServerExceptionMapper
  public Response store(StoreException e) {
    LOG.log(System.Logger.Level.ERROR, "the store failed", e);
    return e.reason() == StoreException.Reason.UNAVAILABLE
        ? ProblemView.of(Problem.UNAVAILABLE, "the store is away at the moment; try again")
        : internal();
  }

  /** What HTTP refuses: 404, 405, 406, 415 and so on. */
  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    Response original = e.getResponse();
    String reason = original.getStatusInfo().getReasonPhrase();
    Response.ResponseBuilder answer =
        ProblemView.of(
            original.getStatus(), reason.toLowerCase(Locale.ROOT).replace(' ', '-'), reason);
    String allowed = original.getHeaderString(HttpHeaders.ALLOW);
    if (allowed != null) {
      answer.header(HttpHeaders.ALLOW, allowed);
    }
    return answer.build();
  }

  /** A bug of ours. */
  @ServerExceptionMapper
  public Response bug(Throwable e) {
    LOG.log(System.Logger.Level.ERROR, "a request failed", e);
    return internal();
  }

  private static Response internal() {
    return ProblemView.of(Problem.INTERNAL, "something is wrong here; it was logged");
  }
}
