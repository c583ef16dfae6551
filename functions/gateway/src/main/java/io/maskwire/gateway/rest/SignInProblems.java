package io.maskwire.gateway.rest;

import io.maskwire.gateway.Audit;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.signin.PageChallenge;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whom an endpoint does not serve: as JSON, never a redirect, and audited. */
public class SignInProblems {
  private static final String NO_SESSION = "";

  private final Audit audit;
  private final CurrentIdentityAssociation identity;

  SignInProblems(Audit audit, CurrentIdentityAssociation identity) {
    this.audit = audit;
    this.identity = identity;
  }

  /** Nobody is signed in. */
  @ServerExceptionMapper
  public Response anonymous(UnauthorizedException e) {
    return refuse(
        Problem.NOT_SIGNED_IN, "sign in, or send an access token: 'Authorization: Bearer TOKEN'");
  }

  /** A sign-in that has ended and is not renewed, or a token that is too old. */
  @ServerExceptionMapper
  public Uni<Response> ended(AuthenticationFailedException e, RoutingContext context) {
    return PageChallenge.answer(context, e, this::failed);
  }

  /** A token or a cookie that the provider's keys do not fit. */
  @ServerExceptionMapper(AuthenticationCompletionException.class)
  public Response failed() {
    return refuse(
        Problem.NOT_SIGNED_IN, "the sign-in has expired, or is not of this gateway's provider");
  }

  /** Somebody without the role that is needed. */
  @ServerExceptionMapper
  public Uni<Response> forbidden(ForbiddenException e) {
    return identity
        .getDeferredIdentity()
        .map(
            who ->
                refuse(
                    Problem.ROLE_MISSING,
                    "the account '%s' lacks the role that this needs"
                        .formatted(who.getPrincipal().getName())));
  }

  private Response refuse(Problem problem, String detail) {
    ProblemException refusal = audit.refuse(problem, NO_SESSION, detail);
    return ProblemView.of(refusal.problem(), String.valueOf(refusal.getMessage()));
  }
}
