package io.maskwire.compiler.function;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Why an event's model was not published, as {@link Refusals} says it. */
@Singleton
final class CompileFailures {
  private final Provider<Refusals> refusals;

  /** Routes are set up before channels to the broker are there. */
  CompileFailures(Provider<Refusals> refusals) {
    this.refusals = refusals;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
  }

  private void answer(RoutingContext context) {
    if (context.failure() == null) {
      context.next();
      return;
    }
    refusals
        .get()
        .write("an upload's event", context.failure())
        .ifPresentOrElse(
            answer ->
                context
                    .response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(answer.body().toBytes())),
            context::next);
  }
}
