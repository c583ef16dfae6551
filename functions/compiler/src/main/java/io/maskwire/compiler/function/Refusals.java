package io.maskwire.compiler.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.operations.AuditEntry;
import io.maskwire.operations.AuditTrail;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What was refused, as JSON: a word for programs, a sentence for people. Each is audited. */
@Singleton
public final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private final AuditTrail audit;

  Refusals(AuditTrail audit) {
    this.audit = audit;
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
        audit.write(AuditEntry.ofRequest(problem.code(), request, message(cause)));
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
