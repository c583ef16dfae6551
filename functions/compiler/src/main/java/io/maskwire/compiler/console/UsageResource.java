package io.maskwire.compiler.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.compiler.function.HttpDealer;
import io.maskwire.exchange.event.JsonObject;
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

/** How the owner's models are used. */
@Path("/")
@Tag(name = "usage", description = "How the owner's models are used")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.OWNER)
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
public class UsageResource {
  private final DailySessions sessions;
  private final HttpDealer dealer;

  UsageResource(DailySessions sessions, HttpDealer dealer) {
    this.sessions = sessions;
    this.dealer = dealer;
  }

  /** Sessions of each model and day. */
  @GET
  @Path("/sessions/daily")
  @Operation(
      summary = "Counts sessions",
      description =
          "By model and day (UTC), as far back as the topic keeps them; the latest first.")
  @APIResponse(responseCode = "503", description = "the broker does not answer")
  public List<DailySessions.Day> daily() {
    return sessions.count();
  }

  /** Sessions that the dealer has ready. */
  @GET
  @Path("/stock")
  @Operation(
      summary = "Gets the dealer's stock",
      description = "'versions' with model, version, ready and configured sessions.")
  @APIResponse(responseCode = "502", description = "the dealer does not answer")
  public JsonNode stock() {
    return JsonObject.parse(dealer.stock(), "the dealer's stock").tree();
  }
}
