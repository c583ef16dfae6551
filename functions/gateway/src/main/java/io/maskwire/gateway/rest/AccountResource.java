package io.maskwire.gateway.rest;

import io.maskwire.signin.Account;
import io.maskwire.signin.SignInConfig;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is signed in. */
@Path("/me")
@Tag(name = "account", description = "Who is signed in")
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
@Authenticated
public class AccountResource {
  private final SecurityIdentity identity;
  private final SignInConfig config;

  AccountResource(SecurityIdentity identity, SignInConfig config) {
    this.identity = identity;
    this.config = config;
  }

  /** The caller's name and roles. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Tells who is signed in")
  @APIResponse(
      responseCode = "200",
      description = "name and roles",
      content = @Content(schema = @Schema(implementation = Account.class)))
  @APIResponse(
      responseCode = "401",
      description = "not-signed-in",
      content = @Content(schema = @Schema(implementation = ProblemView.class)))
  public Response me() {
    return Response.ok(Account.of(identity, config))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
