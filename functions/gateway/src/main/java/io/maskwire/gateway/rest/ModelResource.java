package io.maskwire.gateway.rest;

import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.model.ModelCatalogue;
import io.maskwire.gateway.model.ModelFile;
import io.maskwire.gateway.model.PublishedModel;
import io.maskwire.gateway.session.GatewayMetrics;
import io.maskwire.signin.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What models there are, and their public files. Weights are not among them, masked or not. */
@Path("/models")
@Tag(name = "models", description = "Published models: architecture and program, no weights")
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
@RolesAllowed({Roles.USER, Roles.OWNER, Roles.OPERATOR})
@RunOnVirtualThread
public class ModelResource {
  private final ModelCatalogue catalogue;
  private final GatewayMetrics metrics;

  ModelResource(ModelCatalogue catalogue, GatewayMetrics metrics) {
    this.catalogue = catalogue;
    this.metrics = metrics;
  }

  /** All versions: by model, the newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Lists models",
      description = "All versions; of each model the newest first.")
  public List<ModelView> list() {
    return catalogue.current().stream()
        .map(model -> ModelView.of(model, metrics.typicalTime(model.name())))
        .toList();
  }

  /** A public file, which never changes. */
  @GET
  @Path("/{model}/{version}/{file}")
  @Operation(summary = "Gets a public file of a version", description = "A file never changes.")
  @APIResponse(
      responseCode = "200",
      description = "the file",
      content = @Content(mediaType = MediaType.WILDCARD))
  @APIResponse(
      responseCode = "404",
      description = "no such model, version or file",
      content = @Content(schema = @Schema(implementation = ProblemView.class)))
  public Response file(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @Parameter(
              description =
                  "program.bin, program.txt, stripped.onnx, manifest.json, preprocess.yaml,"
                      + " labels.txt or description.txt")
          @PathParam("file")
          String name) {
    PublishedModel published = require(model, version);
    ModelFile file = ModelFile.of(name).orElseThrow(ModelResource::noFile);
    long length = catalogue.length(published, file).orElseThrow(ModelResource::noFile);
    return unchanging(catalogue.open(published, file), file.mediaType(), length);
  }

  /** A file to try a version with, which never changes. */
  @GET
  @Path("/{model}/{version}/samples/{file}")
  @Operation(
      summary = "Gets a sample of a version",
      description = "A public file that its owner gives away, to try the model with.")
  @APIResponse(
      responseCode = "200",
      description = "the file",
      content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
  @APIResponse(
      responseCode = "404",
      description = "no such model, version or sample",
      content = @Content(schema = @Schema(implementation = ProblemView.class)))
  public Response sample(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @Parameter(description = "a name that the list of models gives") @PathParam("file")
          String name) {
    PublishedModel published = require(model, version);
    PublishedModel.Sample sample =
        published.presentation().samples().stream()
            .filter(one -> one.name().file().equals(name))
            .findAny()
            .orElseThrow(ModelResource::noFile);
    return unchanging(
        catalogue.open(published, sample), MediaType.APPLICATION_OCTET_STREAM, sample.bytes());
  }

  private PublishedModel require(String model, String version) {
    return catalogue
        .find(model, version)
        .orElseThrow(
            () -> new ProblemException(Problem.UNKNOWN_MODEL, "no such model and version"));
  }

  private static Response unchanging(InputStream file, String mediaType, long length) {
    return Response.ok(file, mediaType)
        .header(HttpHeaders.CONTENT_LENGTH, length)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .build();
  }

  private static ProblemException noFile() {
    return new ProblemException(Problem.NOT_FOUND, "this version has no such file");
  }
}
