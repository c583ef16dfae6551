package io.maskwire.compiler.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A version of a model, or an upload that is none yet.
 *
 * @param model its name
 * @param version the version; of an upload that is not published, the upload
 * @param state how far it is
 * @param time when it was published, retired, uploaded, or given up
 * @param cost what a session of it takes, if it is known
 * @param shown what users are shown of it, of a version
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ModelEntry", description = "A version of a model, or an upload that is none yet")
public record ModelEntry(
    @Schema(description = "name of the model", examples = "fmri") String model,
    @Schema(description = "32 hexadecimal digits: the version; of an upload, the upload")
        String version,
    @Schema(enumeration = {"compiling", "failed", "published", "retired"}) String state,
    @Schema(description = "when it came into this state") Instant time,
    @Nullable Cost cost,
    @Nullable Shown shown) {

  /**
   * What a session takes.
   *
   * @param rounds messages that each party sends
   * @param widths the least certain of all widths: PROVEN, CALIBRATED or ASSUMED
   * @param keyBytes of all three key files
   * @param messageBytes that the parties exchange
   * @param weightBytes of the masked weights, once for a version
   */
  @RegisterForReflection
  @Schema(name = "Cost")
  public record Cost(
      @Schema(description = "messages that each party sends") int rounds,
      @Schema(description = "PROVEN, CALIBRATED or ASSUMED: the least certain of all widths")
          String widths,
      @Schema(description = "bytes of key material for a session") long keyBytes,
      @Schema(description = "bytes that the parties exchange in a session") long messageBytes,
      @Schema(description = "bytes of the masked weights") long weightBytes) {}

  /**
   * What users are shown.
   *
   * @param description whether there is one
   * @param samples how many
   */
  @RegisterForReflection
  @Schema(name = "Shown")
  public record Shown(
      @Schema(description = "whether users are told what the model is for") boolean description,
      @Schema(description = "files that users can try it with") int samples) {}
}
