package io.maskwire.gateway.rest;

import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.model.ModelCatalogue;
import io.maskwire.gateway.model.PublishedModel;
import io.maskwire.gateway.session.GatewayMetrics;
import io.maskwire.gateway.session.SessionRecord;
import io.maskwire.gateway.session.SessionRegistry;
import io.maskwire.signin.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Opens sessions. Nothing of a user's data comes along, only a public key. */
@Path("/sessions")
@Tag(name = "sessions", description = "One session is one private inference")
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
@RolesAllowed(Roles.USER)
@RunOnVirtualThread
public class SessionResource {
  private final ModelCatalogue catalogue;
  private final SessionRegistry registry;
  private final SessionTickets tickets;
  private final GatewayMetrics metrics;

  SessionResource(
      ModelCatalogue catalogue,
      SessionRegistry registry,
      SessionTickets tickets,
      GatewayMetrics metrics) {
    this.catalogue = catalogue;
    this.registry = registry;
    this.tickets = tickets;
    this.metrics = metrics;
  }

  /** Opens a session. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Opens a session",
      description = "Binds a key set to the caller. Get the masks from the dealer with the token.")
  @APIResponse(
      responseCode = "201",
      description = "opened",
      content = @Content(schema = @Schema(implementation = OpenedSession.class)))
  @APIResponse(
      responseCode = "404",
      description = "unknown-model",
      content = @Content(schema = @Schema(implementation = ProblemView.class)))
  @APIResponse(
      responseCode = "503",
      description = "stock-empty: no keys are ready; see Retry-After",
      content = @Content(schema = @Schema(implementation = ProblemView.class)))
  public Response open(
      @RequestBody(
              content = @Content(schema = @Schema(implementation = SessionRequest.class)),
              required = true)
          InputStream body)
      throws IOException {
    SessionRequest request = SessionRequest.read(body);
    PublishedModel model = find(request);
    SessionRecord record = registry.open(model, request.key());
    metrics.opened();
    return Response.created(URI.create("/api/sessions/" + record.session()))
        .entity(tickets.of(record, model))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private PublishedModel find(SessionRequest request) {
    return request
        .version()
        .map(version -> catalogue.offered(request.model(), version))
        .orElseGet(() -> catalogue.newest(request.model()))
        .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_MODEL, "no such model or version"));
  }
}
