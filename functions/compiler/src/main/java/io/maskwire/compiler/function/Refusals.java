package io.maskwire.compiler.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.exchange.event.JsonObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What was refused, as JSON: a word for programs, a sentence for people. Each refusal is written to
 * the log category {@code audit}, to the topic {@code audit-owner}, and counted. The topic drops
 * what the broker does not take in time; the log has all.
 */
@Singleton
public final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final Logger AUDIT = Logger.getLogger("audit");

  private final MeterRegistry metrics;
  private final MutinyEmitter<byte[]> topic;

  Refusals(
      MeterRegistry metrics,
      @Channel("audit") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> topic) {
    this.metrics = metrics;
    this.topic = topic;
  }

  /**
   * An answer to a request that was not granted.
   *
   * @param status of HTTP
   * @param body JSON with {@code error}, {@code message}, and all {@code nodes} of an unsupported
   *     model
   */
  public record Answer(int status, JsonObject body) {}

  /**
   * Writes down that {@code request} failed.
   *
   * @return what to answer; empty if it is a bug
   */
  Optional<Answer> write(String request, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Problem problem = Problem.of(cause);
      if (problem != null) {
        audit(request, problem, cause);
        return Optional.of(new Answer(problem.status(), body(problem, cause)));
      }
    }
    return Optional.empty();
  }

  /** As {@link #write}; a bug is logged and not told. */
  public Answer writeAny(String request, Throwable failure) {
    return write(request, failure)
        .orElseGet(
            () -> {
              LOG.error(request + " failed", failure);
              return new Answer(
                  Problem.INTERNAL.status(),
                  body(
                      Problem.INTERNAL,
                      new IllegalStateException("something is wrong here; it was logged")));
            });
  }

  private void audit(String request, Problem problem, Throwable cause) {
    metrics.counter("maskwire.refusals", "reason", problem.code()).increment();
    byte[] entry =
        JsonObject.create()
            .put("time", Instant.now())
            .put("function", "compiler")
            .put("request", request)
            .put("reason", problem.code())
            .put("detail", message(cause))
            .toBytes();
    AUDIT.warn(new String(entry, StandardCharsets.UTF_8));
    topic
        .send(entry)
        .subscribe()
        .with(_ -> {}, lost -> LOG.warn("a refusal did not reach the topic", lost));
  }

  private static String message(Throwable cause) {
    @Nullable String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static JsonObject body(Problem problem, Throwable cause) {
    JsonObject body =
        JsonObject.create().put("error", problem.code()).put("message", message(cause));
    if (cause instanceof UnsupportedModelException unsupported) {
      ArrayNode nodes = body.tree().putArray("nodes");
      for (UnsupportedNode node : unsupported.nodes()) {
        ArrayNode shapes =
            nodes
                .addObject()
                .put("name", node.name())
                .put("operator", node.operator())
                .put("hint", node.hint())
                .putArray("shapes");
        node.shapes().forEach(shapes::add);
      }
    }
    return body;
  }
}
