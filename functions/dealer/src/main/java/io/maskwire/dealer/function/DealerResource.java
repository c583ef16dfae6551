package io.maskwire.dealer.function;

import io.maskwire.dealer.MaskRelease;
import io.maskwire.dealer.Registration;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What users and owners ask the dealer for. Answers are secret: nobody on the way may keep them.
 */
@Path("/")
public final class DealerResource {
  private final MaskRelease release;
  private final Registration registration;

  DealerResource(MaskRelease release, Registration registration) {
    this.release = release;
    this.registration = registration;
  }

  /** The seeds of a session's masks, for its user. */
  @GET
  @Path("masks/{session}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "Seeds of the masks of a session's inputs and outputs")
  @APIResponse(responseCode = "200", description = "the seeds, as often as asked until the end")
  @APIResponse(responseCode = "401", description = "no good token")
  @APIResponse(responseCode = "403", description = "a token of another session")
  @APIResponse(responseCode = "404", description = "no such session")
  @APIResponse(responseCode = "410", description = "the session is over")
  public RestResponse<byte[]> masks(
      @RestPath String session,
      @HeaderParam(HttpHeaders.AUTHORIZATION) Optional<String> authorization) {
    return secret(release.masks(session, authorization));
  }

  /** The seeds of a version's weight mask, for its owner. */
  @POST
  @Path("versions/{model}/{version}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "Registers a version and gives its owner the seeds of its weights' mask")
  @APIResponse(responseCode = "200", description = "the seeds; the same if asked again")
  @APIResponse(responseCode = "401", description = "no good token")
  @APIResponse(responseCode = "403", description = "a token of another version")
  @APIResponse(responseCode = "404", description = "the program is not published")
  @APIResponse(responseCode = "409", description = "the version is another program's")
  public RestResponse<byte[]> register(
      @RestPath String model,
      @RestPath String version,
      @HeaderParam(HttpHeaders.AUTHORIZATION) Optional<String> authorization,
      byte[] body) {
    return secret(registration.register(model, version, authorization, body));
  }

  private static RestResponse<byte[]> secret(byte[] bytes) {
    return RestResponse.ResponseBuilder.ok(bytes)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
