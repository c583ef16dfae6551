package io.maskwire.dealer.function;

import io.maskwire.dealer.StockReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** How many sessions are ready: for owners, operators, and whoever else wants to know. */
@Path("/stock")
public final class StockResource {
  private final StockReport report;

  StockResource(StockReport report) {
    this.report = report;
  }

  /** The sessions that are ready of each published version. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Sessions that are ready",
      description =
          "'versions' with model, version, and the sessions that are ready and configured.")
  @APIResponse(responseCode = "200", description = "at most a second old")
  public RestResponse<byte[]> stock() {
    return RestResponse.ResponseBuilder.ok(report.levels().toBytes())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
