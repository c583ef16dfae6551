package io.maskwire.compiler.console;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The page is at the address itself, where events are sent too: those are posted. */
@Singleton
final class PageRoute {
  private static final int BEFORE_FUNCTIONS = -1;

  void register(@Observes Router router) {
    router.get("/").order(BEFORE_FUNCTIONS).handler(context -> context.reroute("/index.html"));
  }
}
