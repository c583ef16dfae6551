package io.maskwire.signin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Where links of pages lead to. Whoever comes here is signed in already: the provider has sent him
 * back to {@code /sign-in}, and signs him out before {@code /sign-out} is reached.
 */
@Singleton
final class SignInRoutes {
  private static final int SEE_OTHER = 303;

  void register(@Observes Router router) {
    router.get("/sign-in").handler(SignInRoutes::toPage);
    router.get("/sign-out").handler(SignInRoutes::toPage);
  }

  private static void toPage(RoutingContext context) {
    context.response().setStatusCode(SEE_OTHER).putHeader(HttpHeaders.LOCATION, "/").end();
  }
}
