package io.maskwire.gateway.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A session that was opened.
 *
 * @param session its id
 * @param token what opens it, here and at the dealer
 * @param expires when it is given up
 * @param model of what model
 * @param version of what version
 * @param program id of the program
 * @param masks address of the masks at the dealer
 * @param parties certificates of party 0 and party 1
 */
@RegisterForReflection
@Schema(name = "OpenedSession", description = "All that a user needs for one inference")
public record OpenedSession(
    @Schema(description = "id, 32 hexadecimal digits") String session,
    @Schema(description = "bearer token for this session, here and at the dealer") String token,
    @Schema(description = "when session and token expire") Instant expires,
    String model,
    String version,
    @Schema(description = "SHA-256 of the program, hexadecimal") String program,
    @Schema(description = "where the dealer gives the session's masks to the bearer of the token")
        URI masks,
    @Schema(description = "PEM certificates of party 0 and party 1: seal the masked input for both")
        List<String> parties) {

  @Override
  public String toString() {
    return "OpenedSession[%s]".formatted(session);
  }
}
