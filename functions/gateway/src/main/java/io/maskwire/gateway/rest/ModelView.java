package io.maskwire.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.maskwire.gateway.model.PublishedModel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
 * @param description what its owner says of it, absent if nothing
 * @param samples files to try it with, absent if there are none
 * @param typicalMillis median of the latest sessions, absent if there was none
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
    @Schema(description = "names of the classes, if the model has them") List<String> labels,
    @Schema(description = "what its owner says of it, if anything") String description,
    @Schema(description = "public files to try it with, if there are any") List<Sample> samples,
    @Schema(
            description =
                "milliseconds from the upload to the result: median of the latest sessions that"
                    + " this gateway has served, if there was one")
        Optional<Long> typicalMillis) {

  /**
   * A public file to try a version with.
   *
   * @param file its name, under {@code samples/} of the version
   * @param bytes its size
   */
  @RegisterForReflection
  @Schema(name = "Sample", description = "A public file to try a version with")
  public record Sample(String file, long bytes) {}

  static ModelView of(PublishedModel model, Optional<Duration> typicalTime) {
    return new ModelView(
        model.name().model(),
        model.name().version(),
        model.program(),
        model.rounds(),
        model.published(),
        model.labels(),
        model.presentation().description(),
        model.presentation().samples().stream()
            .map(sample -> new Sample(sample.name().file(), sample.bytes()))
            .toList(),
        typicalTime.map(Duration::toMillis));
  }
}
