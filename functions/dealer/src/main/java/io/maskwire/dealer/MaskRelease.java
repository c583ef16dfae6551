package io.maskwire.dealer;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.SessionIds;
import java.util.Optional;

/**
 * Hands the masks of a session to its user, as often as asked, until the session is over. The
 * session's token opens this session and no other.
 */
public final class MaskRelease {
  private final TokenVerifier tokens;
  private final KeyStock stock;

  /** Releases masks in {@code stock} for tokens of the gateway. */
  public MaskRelease(TokenVerifier tokens, KeyStock stock) {
    this.tokens = tokens;
    this.stock = stock;
  }

  /**
   * The masks of {@code session}.
   *
   * @param authorization the header of this name
   * @return {@link io.maskwire.crypto.wire.MaskSeeds}: secret
   * @throws Refusal if they are not the caller's, or no longer there
   */
  public byte[] masks(String session, Optional<String> authorization) {
    TokenVerifier.Token token = tokens.verify(authorization);
    if (!token.subject().equals(session)) {
      throw new Refusal(Refusal.Reason.FOREIGN_TOKEN, "the token is of another session");
    }
    return stock.masks(name(token), id(session), token.expires());
  }

  private static SessionId id(String session) {
    try {
      return SessionIds.parse(session);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.MALFORMED, "that is no session id", e);
    }
  }

  private static ModelVersionName name(TokenVerifier.Token token) {
    try {
      return new ModelVersionName(token.text("model").orElse(""), token.text("version").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          Refusal.Reason.TOKEN_REFUSED, "the token names no model and version of a session", e);
    }
  }
}
