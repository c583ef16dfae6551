package io.maskwire.compiler.console;

import io.maskwire.compiler.function.Problem;
import io.maskwire.compiler.function.Refusals;
import io.maskwire.compiler.function.RefusedException;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.signin.PageChallenge;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures of the console's requests, as JSON. */
public class ProblemMappers {
  private static final int RETRY_SECONDS = 1;

  private final Refusals refusals;

  ProblemMappers(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Whatever was refused or went wrong. */
  @ServerExceptionMapper
  public Response any(Throwable failure, ContainerRequestContext request) {
    Refusals.Answer answer =
        refusals.writeAny(
            request.getMethod() + " " + request.getUriInfo().getRequestUri().getRawPath(), failure);
    return response(answer.status(), answer.body());
  }

  /** A sign-in that has ended and is not renewed, or a token that is too old. */
  @ServerExceptionMapper
  public Uni<Response> ended(
      AuthenticationFailedException failure,
      RoutingContext context,
      ContainerRequestContext request) {
    return PageChallenge.answer(context, failure, () -> anonymous(request));
  }

  /** Nobody is signed in, or the token is none of the provider's. */
  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationCompletionException.class})
  public Response anonymous(ContainerRequestContext request) {
    return any(
        new RefusedException(
            Problem.NOT_SIGNED_IN,
            "sign in, or send an access token: 'Authorization: Bearer TOKEN'"),
        request);
  }

  /** Somebody who does not own the models. */
  @ServerExceptionMapper(ForbiddenException.class)
  public Response forbidden(ContainerRequestContext request) {
    return any(
        new RefusedException(Problem.ROLE_MISSING, "the account lacks the role 'owner'"), request);
  }

  /** What HTTP refuses: 404, 405, 415 and so on. */
  @ServerExceptionMapper
  public Response http(WebApplicationException failure) {
    Response original = failure.getResponse();
    String reason = original.getStatusInfo().getReasonPhrase();
    return response(
        original.getStatus(),
        JsonObject.create()
            .put("error", reason.toLowerCase(Locale.ROOT).replace(' ', '-'))
            .put("message", reason));
  }

  private static Response response(int status, JsonObject body) {
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(body.tree());
    if (status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return answer.build();
  }
}
