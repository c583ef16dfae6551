package io.maskwire.signin;

import io.quarkus.resteasy.reactive.server.runtime.exceptionmappers.AuthenticationFailedExceptionMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/**
 * What somebody is told whose sign-in has ended and is not renewed. Mappers of exceptions that an
 * application adds hear of pages too: they must not answer those, or whoever comes back to a page
 * is told no for as long as the cookie lasts.
 */
public final class PageChallenge {
  private static final String ENDPOINTS = "/api/";

  private PageChallenge() {}

  /**
   * The answer to a request without a good sign-in.
   *
   * @param endpoint the answer of an endpoint; a page's visitor signs in again
   */
  public static Uni<Response> answer(
      RoutingContext context, AuthenticationFailedException failure, Supplier<Response> endpoint) {
    return context.normalizedPath().startsWith(ENDPOINTS)
        ? Uni.createFrom().item(endpoint)
        : new AuthenticationFailedExceptionMapper().handle(context, failure);
  }
}
