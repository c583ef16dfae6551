package io.maskwire.compiler.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.compiler.function.Retirement;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.signin.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The owner's models: uploaded, compiled, published, retired. */
@Path("/models")
@Tag(name = "models", description = "The owner's models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.OWNER)
@SecurityRequirement(name = "access-token")
@SecurityRequirement(name = "session-cookie")
public class ModelsResource {
  private final ModelShelf shelf;
  private final CompileJobs jobs;
  private final Retirement retirement;

  ModelsResource(ModelShelf shelf, CompileJobs jobs, Retirement retirement) {
    this.shelf = shelf;
    this.jobs = jobs;
    this.retirement = retirement;
  }

  /** What an upload's form has: for the description alone, HTTP reads the parts itself. */
  @Schema(name = "UploadForm")
  record Form(
      @Schema(description = "the ONNX file", format = "binary", required = true) String model,
      @Schema(description = "names of the classes, a line each", format = "binary") String labels,
      @Schema(description = "preprocess.yaml", format = "binary") String preprocess,
      @Schema(description = "typical inputs, each an ONNX TensorProto") List<String> calibration,
      @Schema(
              description = "what users are told of the model: plain text",
              maxLength = Presentation.LONGEST_DESCRIPTION)
          String description,
      @Schema(
              description =
                  "files for users to try the model with: public, of 16 MiB at most, of kinds that"
                      + " the model takes; names of letters, digits, dots, underscores, hyphens",
              maxItems = SampleName.MOST)
          List<String> sample,
      @Schema(description = "fractional bits of activations") Integer scale,
      @Schema(description = "value width where nothing better is known") Integer width,
      @Schema(description = "largest magnitude of an input") Double inputBound) {}

  /** Takes a model; it is compiled in the background. */
  @POST
  @Path("/{model}")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      summary = "Uploads a model",
      description = "Compiled and published in the background; ask the address of the answer.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "202",
      description = "stored as a whole",
      content = @Content(schema = @Schema(implementation = ModelEntry.class)))
  @APIResponse(responseCode = "400", description = "malformed: nothing is stored")
  @APIResponse(responseCode = "413", description = "larger than the compiler takes")
  @APIResponse(responseCode = "503", description = "busy: enough models wait already")
  public Response upload(@RestPath String model, @Context RoutingContext request)
      throws IOException {
    ModelVersionName.requireModel(model);
    ModelVersionName upload = jobs.submit(model, UploadForm.read(request));
    return Response.accepted(shelf.find(upload)).location(URI.create("/models/" + upload)).build();
  }

  /** All versions and uploads: by model, the latest first. */
  @GET
  @Operation(
      summary = "Lists models",
      description = "All versions, and uploads that are none: by model, the latest first.")
  public List<ModelEntry> list() {
    return shelf.all();
  }

  /** One version or upload. */
  @GET
  @Path("/{model}/{version}")
  @Operation(
      summary = "Gets a version",
      description = "Of an upload that was published, the version that it became.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ModelEntry.class)))
  @APIResponse(responseCode = "404", description = "no such version or upload")
  public ModelEntry get(@RestPath String model, @RestPath String version) {
    return shelf.find(new ModelVersionName(model, version));
  }

  /** What it costs, or why it failed. */
  @GET
  @Path("/{model}/{version}/report")
  @Operation(
      summary = "Gets the compiler's report",
      description =
          "'report' is the manifest: rounds, key bytes, message bytes, every operator with its"
              + " widths and their certainty. Of an upload that failed, 'problem' has error,"
              + " message, and every unsupported node with what to do.")
  @APIResponse(responseCode = "404", description = "no such version or upload")
  public JsonNode report(@RestPath String model, @RestPath String version) {
    return shelf.report(new ModelVersionName(model, version));
  }

  /** Takes a version out of use. */
  @POST
  @Path("/{model}/{version}/retire")
  @Operation(
      summary = "Retires a version",
      description =
          "No session of it is opened any more, and what the dealer has ready is erased. Sessions"
              + " that are open go on. May be repeated; cannot be undone.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ModelEntry.class)))
  @APIResponse(responseCode = "404", description = "no such version is published")
  public ModelEntry retire(@RestPath String model, @RestPath String version) {
    ModelVersionName name = new ModelVersionName(model, version);
    retirement.retire(name);
    return shelf.find(name);
  }
}
