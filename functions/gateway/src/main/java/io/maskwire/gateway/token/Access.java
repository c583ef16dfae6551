package io.maskwire.gateway.token;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.gateway.Audit;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets a bearer of a session's token to that session, and nobody else. Refusals are audited. */
public final class Access {
  private static final String SCHEME = "bearer ";

  private final SessionTokens tokens;
  private final Audit audit;

  /** Access by {@code tokens}. */
  public Access(SessionTokens tokens, Audit audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  /**
   * The session {@code id}, if {@code authorization} is for it.
   *
   * @param authorization the header, if there was one
   * @throws ProblemException if not
   */
  public SessionId require(String id, @Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw audit.refuse(
          Problem.NO_TOKEN, id, "send the session's token: 'Authorization: Bearer TOKEN'");
    }
    SessionId session;
    try {
      session = tokens.verify(authorization.substring(SCHEME.length()).strip());
    } catch (ParseException _) {
      // Its message repeats the token.
      throw audit.refuse(Problem.BAD_TOKEN, id, "the token is expired or not of this gateway");
    }
    if (!session.toString().equals(id)) {
      throw audit.refuse(Problem.FOREIGN_TOKEN, id, "the token is of another session");
    }
    return session;
  }
}
