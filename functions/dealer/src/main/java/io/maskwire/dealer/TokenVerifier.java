package io.maskwire.dealer;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Checks bearer tokens of one issuer: ES256 under its key, not expired, meant for the dealer. */
public final class TokenVerifier {
  /** Whom tokens must be meant for. */
  public static final String AUDIENCE = "maskwire-dealer";

  /** Who signs tokens of sessions. */
  public static final String GATEWAY = "maskwire-gateway";

  /** Who signs tokens of model versions. */
  public static final String OWNER = "maskwire-owner";

  private static final String SCHEME = "Bearer ";

  private final String issuer;
  private final JWTParser parser;

  /** Checks tokens that {@code issuer} signs with the private half of {@code key}. */
  public TokenVerifier(String issuer, PublicKey key) {
    this.issuer = issuer;
    JWTAuthContextInfo context = new JWTAuthContextInfo(key, issuer);
    // A session is over when its token says so, not a minute later.
    context.setClockSkew(0);
    context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    parser = new DefaultJWTParser(context);
  }

  /**
   * A good token.
   *
   * @param subject what it is for
   * @param expires when it ends
   * @param claims all of it
   */
  public record Token(String subject, Instant expires, JsonWebToken claims) {
    /** The text claim {@code name}. */
    Optional<String> text(String name) {
      return claims.<Object>claim(name).map(String::valueOf).map(Token::unquoted);
    }

    /** Claims that the standard does not know may come as JSON strings. */
    private static String unquoted(String value) {
      return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
          ? value.substring(1, value.length() - 1)
          : value;
    }
  }

  /**
   * The token in {@code authorization}, the header of this name.
   *
   * @throws Refusal if there is none, or not a good one
   */
  public Token verify(Optional<String> authorization) {
    String header = authorization.orElse("");
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(
          Refusal.Reason.NO_TOKEN,
          "a token of %s is needed: Authorization: Bearer ...".formatted(issuer));
    }
    JsonWebToken token;
    try {
      token = parser.parse(header.substring(SCHEME.length()).strip());
    } catch (ParseException e) {
      throw new Refusal(
          Refusal.Reason.TOKEN_REFUSED,
          "the token has expired, is damaged, or was not signed by " + issuer,
          e);
    }
    Set<String> audience = token.getAudience();
    if (audience == null || !audience.contains(AUDIENCE)) {
      throw new Refusal(Refusal.Reason.FOREIGN_TOKEN, "the token is not meant for " + AUDIENCE);
    }
    return new Token(
        Optional.ofNullable(token.getSubject()).orElse(""),
        Instant.ofEpochSecond(token.getExpirationTime()),
        token);
  }
}
