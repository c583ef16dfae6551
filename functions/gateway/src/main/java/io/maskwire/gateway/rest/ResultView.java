package io.maskwire.gateway.rest;

import io.maskwire.gateway.session.Results.Shares;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Both result shares, each sealed by its party for the user's result key: only the user can open
 * them, and only with the dealer's masks do they give a result.
 *
 * @param party0 base64
 * @param party1 base64
 */
@RegisterForReflection
@Schema(name = "Result", description = "Both result shares, sealed for the user's result key")
public record ResultView(
    @Schema(description = "sealed share of party 0, base64") String party0,
    @Schema(description = "sealed share of party 1, base64") String party1) {

  static ResultView of(Shares shares) {
    Base64.Encoder encoder = Base64.getEncoder();
    return new ResultView(
        encoder.encodeToString(shares.party0()), encoder.encodeToString(shares.party1()));
  }
}
