package io.maskwire.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.maskwire.gateway.model.PublishedModel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A version of a model.
 *
 * @param model its name
 * @param version its version
 * @param program id of its program
 * @param rounds messages that each party sends
 * @param published when
 * @param labels names of the classes, absent if it has none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Model", description = "A published version of a model")
public record ModelView(
    @Schema(description = "name of the model", examples = "fmri") String model,
    @Schema(description = "32 hexadecimal digits") String version,
    @Schema(description = "SHA-256 of the program, hexadecimal") String program,
    @Schema(description = "messages that each party sends") int rounds,
    @Schema(description = "when it was published") Instant published,
    @Schema(description = "names of the classes, if the model has them") List<String> labels) {

  static ModelView of(PublishedModel model) {
    return new ModelView(
        model.name().model(),
        model.name().version(),
        model.program(),
        model.rounds(),
        model.published(),
        model.labels());
  }
}
