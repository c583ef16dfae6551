package io.maskwire.gateway.token;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.gateway.session.SessionRecord;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import java.util.Set;

/**
 * Makes and reads session tokens: JWT signed with ES256, for this gateway and the dealer, for one
 * session, until it expires.
 */
public final class SessionTokens {
  /** Who issues them. */
  public static final String ISSUER = "maskwire-gateway";

  private static final String DEALER = "maskwire-dealer";

  private final SigningKey key;
  private final JWTParser parser;

  /** Tokens signed with {@code key}. */
  public SessionTokens(SigningKey key) {
    this.key = key;
    JWTAuthContextInfo context = new JWTAuthContextInfo(key.publicKey(), ISSUER);
    context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    context.setExpectedAudience(Set.of(ISSUER));
    // The session is over at that time; the default would let its token live a minute longer.
    context.setClockSkew(0);
    parser = new DefaultJWTParser(context);
  }

  /** The token of {@code record}'s session. */
  public String issue(SessionRecord record) {
    return Jwt.claims()
        .issuer(ISSUER)
        .audience(Set.of(ISSUER, DEALER))
        .subject(record.session().toString())
        .claim("model", record.name().model())
        .claim("version", record.name().version())
        .issuedAt(record.opened())
        .expiresAt(record.expires())
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.privateKey());
  }

  /**
   * The session that {@code token} is for.
   *
   * @throws ParseException if it is expired, changed, or of somebody else
   */
  SessionId verify(String token) throws ParseException {
    String subject = parser.parse(token).getSubject();
    if (subject == null) {
      throw new ParseException("the token names no session");
    }
    try {
      return SessionIds.parse(subject);
    } catch (IllegalArgumentException e) {
      throw new ParseException("the token names no session", e);
    }
  }
}
