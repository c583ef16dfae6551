package io.maskwire.gateway.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An endpoint that does not say who may use it. */
@Path("/unannotated")
public class UnannotatedProbe {
  /** Something. */
  @GET
  public String probe() {
    return "seen";
  }
}
