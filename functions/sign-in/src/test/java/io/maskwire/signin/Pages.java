package io.maskwire.signin;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.TreeSet;

/** A page that tells whose it is, and an endpoint that does not ask. */
@Singleton
final class Pages {
  void register(@Observes Router router) {
    router.get("/page").handler(Pages::whose);
    router.get("/api/open").handler(context -> context.response().end("open"));
  }

  private static void whose(RoutingContext context) {
    var identity = ((QuarkusHttpUser) context.user()).getSecurityIdentity();
    context
        .response()
        .end(identity.getPrincipal().getName() + " " + new TreeSet<>(identity.getRoles()));
  }
}
