package io.maskwire.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Where other pages are, as this gateway is set up. */
@Path("/links")
@Authenticated
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
public class LinksResource {
  private final Links links;

  LinksResource(Links links) {
    this.links = links;
  }

  /**
   * Addresses.
   *
   * @param owner the owner's console
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Links", description = "Addresses of other pages")
  public record Links(
      @Schema(description = "the console of the models' owner") @Nullable String owner) {}

  /** The addresses. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Where other pages are")
  public Links links() {
    return links;
  }
}
