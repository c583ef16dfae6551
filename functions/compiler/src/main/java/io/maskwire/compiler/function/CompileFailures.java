package io.maskwire.compiler.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Why a model was not published, as JSON: a word for programs, a sentence for people. */
@Singleton
final class CompileFailures {
  private static final Logger LOG = Logger.getLogger(CompileFailures.class);

  private final MeterRegistry metrics;

  CompileFailures(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
  }

  private void answer(RoutingContext context) {
    for (Throwable cause = context.failure(); cause != null; cause = cause.getCause()) {
      Kind kind = Kind.of(cause);
      if (kind != null) {
        metrics.counter("maskwire.refusals", "reason", kind.code).increment();
        LOG.warnf("not published: %s: %s", kind.code, cause.getMessage());
        context
            .response()
            .setStatusCode(kind.status)
            .putHeader("Content-Type", "application/json")
            .end(Buffer.buffer(body(kind, cause)));
        return;
      }
    }
    context.next();
  }

  private static byte[] body(Kind kind, Throwable cause) {
    JsonObject body =
        JsonObject.create()
            .put("error", kind.code)
            .put("message", String.valueOf(cause.getMessage()));
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
    return body.toBytes();
  }

  private enum Kind {
    MALFORMED(400, "malformed"),
    NO_SUCH_BLOB(404, "no-such-blob"),
    CORRUPT_MODEL(422, "corrupt-model"),
    UNSUPPORTED_MODEL(422, "unsupported-model"),
    DEALER(502, "dealer-failed"),
    STORE(503, "store-unavailable");

    private final int status;
    private final String code;

    Kind(int status, String code) {
      this.status = status;
      this.code = code;
    }

    static @Nullable Kind of(Throwable failure) {
      return switch (failure) {
        case CorruptModelException _ -> CORRUPT_MODEL;
        case DealerException _ -> DEALER;
        case IllegalArgumentException _ -> MALFORMED;
        case MissingBlobException _ -> NO_SUCH_BLOB;
        case StoreException _ -> STORE;
        case UnsupportedModelException _ -> UNSUPPORTED_MODEL;
        default -> null;
      };
    }
  }
}
