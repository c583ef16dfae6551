package io.maskwire.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.gateway.operations.FunctionHealth;
import io.maskwire.gateway.operations.FunctionStatus;
import io.maskwire.signin.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an operator wants to know of the running system. */
@Path("/operations")
@Tag(name = "operations", description = "The running system, for its operator")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.OPERATOR)
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
public class OperationsResource {
  private final FunctionHealth health;

  OperationsResource(FunctionHealth health) {
    this.health = health;
  }

  /** How each function is. */
  @GET
  @Path("/functions")
  @Operation(
      summary = "Asks every function how it is",
      description = "All at once, each for two seconds at most; refusals are since its start.")
  public List<FunctionStatus> functions() {
    return health.all();
  }

  /** What the dealer has ready. */
  @GET
  @Path("/stock")
  @Operation(
      summary = "Gets the dealer's stock",
      description = "'versions' with model, version, ready and configured sessions.")
  @APIResponse(responseCode = "503", description = "the dealer does not answer")
  public JsonNode stock() {
    return health.stock();
  }
}
