package io.maskwire.gateway.rest;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An endpoint for operators that has forgotten to say so. */
@Path("/operations/probe")
public class OperationsProbe {
  /** Something. */
  @GET
  @Authenticated
  public String probe() {
    return "seen";
  }
}
