package io.maskwire.gateway.operations;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a function is, as it says itself.
 *
 * @param name of the instance
 * @param state whether it answers, and what
 * @param millis until it answered
 * @param failedChecks names of the checks that say "down"
 * @param refusals since it was started, by reason
 */
@RegisterForReflection
@Schema(name = "FunctionStatus", description = "How a function is")
public record FunctionStatus(
    @Schema(description = "name of the instance", examples = "party0") String name,
    @Schema(description = "up; degraded: it answers, and a check failed; down: no answer")
        State state,
    @Schema(description = "until it answered") long millis,
    @Schema(description = "names of the checks that failed") List<String> failedChecks,
    @Schema(description = "refusals since it was started, by reason") Map<String, Long> refusals) {
  public FunctionStatus {
    failedChecks = List.copyOf(failedChecks);
    refusals = Map.copyOf(refusals);
  }

  /** Whether a function works. */
  public enum State {
    /** All checks are well. */
    UP,
    /** It answers, and a check failed. */
    DEGRADED,
    /** It does not answer in time. */
    DOWN;

    /** As answers have it. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
