package io.maskwire.gateway.rest;

import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.session.SessionRecord;
import io.maskwire.gateway.session.SessionRegistry;
import io.maskwire.gateway.session.SessionServices;
import io.maskwire.gateway.session.SessionStates.State;
import io.maskwire.gateway.token.Access;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * One session, for the bearer of its token. What comes in is a masked input, sealed for the
 * parties; what goes out are result shares, sealed for the user: neither is ever here in clear. The
 * session's token is all that is asked for: a session goes on when the sign-in of its user ends.
 */
@Path("/sessions/{id}")
@Tag(name = "sessions")
@SecurityRequirement(name = "session-token")
@APIResponse(
    responseCode = "401",
    description = "no-token, bad-token: none, expired, or changed",
    content = @Content(schema = @Schema(implementation = ProblemView.class)))
@APIResponse(
    responseCode = "403",
    description = "foreign-token: of another session",
    content = @Content(schema = @Schema(implementation = ProblemView.class)))
@PermitAll
public class InferenceResource {
  private final Access access;
  private final SessionRegistry registry;
  private final SessionServices services;

  InferenceResource(Access access, SessionRegistry registry, SessionServices services) {
    this.access = access;
    this.registry = registry;
    this.services = services;
  }

  private SessionRecord record(String id, @Nullable String authorization) {
    return registry
        .find(access.require(id, authorization))
        .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_SESSION, "no such session"));
  }

  /** Takes the masked input, which starts the inference. */
  @RunOnVirtualThread
  @PUT
  @Path("/input")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      summary = "Uploads the masked input",
      description =
          "Starts the inference. Send the same bytes again if there was no answer; a session takes"
              + " no other bytes.")
  @APIResponse(responseCode = "202", description = "stored, and both parties are told")
  @APIResponse(responseCode = "409", description = "other-input: the session has another input")
  @APIResponse(responseCode = "410", description = "ended: the session has expired")
  @APIResponse(responseCode = "413", description = "too-large: longer than a sealed input")
  public Response upload(
      @PathParam("id") String id,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
          @Nullable String authorization,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
      @RequestBody(
              description = "the masked input, sealed for both parties (format MWSE)",
              required = true,
              content = @Content(schema = @Schema(type = SchemaType.STRING, format = "binary")))
          InputStream body)
      throws IOException {
    SessionRecord record = record(id, authorization);
    services.uploads().accept(record, length == null ? -1 : length, body);
    return Response.accepted().build();
  }

  /** Where the session is. */
  @RunOnVirtualThread
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Tells where a session is")
  public SessionView status(
      @PathParam("id") String id,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
          @Nullable String authorization) {
    SessionRecord record = record(id, authorization);
    return view(record, services.states().state(record));
  }

  private SessionView view(SessionRecord record, State state) {
    return SessionView.of(record, state, services.progress().round(record.session()));
  }

  /** Tells of progress as it happens. */
  @Blocking
  @GET
  @Path("/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Streams progress",
      description =
          "Server-sent events: 'round' with {round, rounds}, then 'completed', 'expired' or 'failed',"
              + " after which the stream ends. The first event is the current state. 'completed' has both"
              + " result shares, as the result has them, if they are at hand. Comments are"
              + " heartbeats.")
  public Multi<OutboundSseEvent> events(
      @PathParam("id") String id,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
          @Nullable String authorization,
      @Context Sse sse) {
    SessionRecord record = record(id, authorization);
    return new ProgressStream(services, sse).of(record, services.states().state(record));
  }

  /** Both result shares. */
  @RunOnVirtualThread
  @GET
  @Path("/result")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Gets the result shares",
      description = "Both shares, or none: 202 with the session's state while it is running.")
  @APIResponse(
      responseCode = "200",
      description = "both shares",
      content = @Content(schema = @Schema(implementation = ResultView.class)))
  @APIResponse(
      responseCode = "202",
      description = "not yet",
      content = @Content(schema = @Schema(implementation = SessionView.class)))
  @APIResponse(responseCode = "410", description = "ended: the session has expired")
  public Response result(
      @PathParam("id") String id,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION)
          @Nullable String authorization) {
    SessionRecord record = services.states().requireOpen(record(id, authorization));
    return services
        .results()
        .shares(record.session())
        .map(shares -> Response.ok(ResultView.of(shares)))
        .orElseGet(() -> pending(record))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private Response.ResponseBuilder pending(SessionRecord record) {
    return Response.accepted(view(record, services.states().state(record)));
  }
}
