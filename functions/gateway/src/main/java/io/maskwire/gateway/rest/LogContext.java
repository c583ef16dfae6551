package io.maskwire.gateway.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Log lines of a request carry the id of its session. */
public class LogContext {

  /** Notes the session that the address names. */
  @ServerRequestFilter
  public void note(ContainerRequestContext request) {
    String session = request.getUriInfo().getPathParameters().getFirst("id");
    if (session != null) {
      MDC.put("session", session);
    }
  }
}
