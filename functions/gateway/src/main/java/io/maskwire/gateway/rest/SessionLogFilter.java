package io.maskwire.gateway.rest;

import io.maskwire.operations.LogContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Log lines of a request carry the id of its session. */
public class SessionLogFilter {

  /** Notes the session that the address names; the note ends with the request's own context. */
  @ServerRequestFilter
  public void note(ContainerRequestContext request) {
    String session = request.getUriInfo().getPathParameters().getFirst("id");
    if (session != null) {
      LogContext.ofSession(session);
    }
  }
}
