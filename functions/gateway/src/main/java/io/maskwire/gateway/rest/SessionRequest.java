package io.maskwire.gateway.rest;

import io.maskwire.exchange.event.JsonObject;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request for a session.
 *
 * @param model of what model
 * @param version of what version; the newest if it is not said
 * @param resultKey the user's public key, hexadecimal
 */
@Schema(name = "SessionRequest", description = "What to open a session for")
public record SessionRequest(
    @Schema(description = "name of the model", examples = "fmri") String model,
    @Schema(description = "version, the newest if absent", required = false)
        Optional<String> version,
    @Schema(
            description =
                "public key of P-256 that result shares are sealed for: an uncompressed point, 65"
                    + " bytes as 130 hexadecimal digits; make a new one for each session")
        String resultKey) {
  private static final int LARGEST_BYTES = 16 << 10;

  /**
   * Reads the request's body.
   *
   * @throws ProblemException if it is too large or no such request
   */
  static SessionRequest read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_BYTES + 1);
    if (bytes.length > LARGEST_BYTES) {
      throw new ProblemException(
          Problem.TOO_LARGE, "a request has at most %d bytes".formatted(LARGEST_BYTES));
    }
    try {
      JsonObject json = JsonObject.parse(bytes, "the request");
      return new SessionRequest(
          json.text("model"),
          json.tree().hasNonNull("version") ? Optional.of(json.text("version")) : Optional.empty(),
          HexFormat.of().formatHex(json.bytes("resultKey")));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.MALFORMED, message(e), e);
    }
  }

  private static String message(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }

  byte[] key() {
    return HexFormat.of().parseHex(resultKey);
  }
}
