package io.maskwire.gateway.rest;

import io.maskwire.gateway.session.SessionRecord;
import io.maskwire.gateway.session.SessionStates.State;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a session is.
 *
 * @param session its id
 * @param model of what model
 * @param version of what version
 * @param state a {@link State}, in small letters
 * @param round the last round that party 0 has sent, from 1; 0 before
 * @param rounds of the program
 * @param expires when it is given up
 */
@RegisterForReflection
@Schema(name = "Session", description = "Where a session is")
public record SessionView(
    String session,
    String model,
    String version,
    @Schema(enumeration = {"opened", "running", "completed", "expired", "failed"}) String state,
    @Schema(description = "the last round seen, from 1; 0 before the first") int round,
    @Schema(description = "rounds of the program") int rounds,
    Instant expires) {

  static SessionView of(SessionRecord record, State state, int round) {
    return new SessionView(
        record.session().toString(),
        record.name().model(),
        record.name().version(),
        state.name().toLowerCase(Locale.ROOT),
        state == State.COMPLETED ? record.rounds() : round,
        record.rounds(),
        record.expires());
  }
}
