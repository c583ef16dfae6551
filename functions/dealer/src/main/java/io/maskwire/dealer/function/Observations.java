package io.maskwire.dealer.function;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.dealer.DealerListener;
import io.maskwire.dealer.Refusal;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.operations.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** What is seen of the dealer from outside: metrics, log, and the audit of refusals. */
@Singleton
final class Observations implements DealerListener {
  private static final Logger LOG = Logger.getLogger(Observations.class);
  private static final Logger AUDIT = Logger.getLogger("audit");

  private final MeterRegistry metrics;
  private final MutinyEmitter<byte[]> audit;
  private final Map<ModelVersionName, AtomicInteger> levels = new ConcurrentHashMap<>();

  Observations(
      MeterRegistry metrics,
      @Channel("audit") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> audit) {
    this.metrics = metrics;
    this.audit = audit;
  }

  @Override
  public void dealt(ModelVersionName name, SessionId session, Duration took) {
    metrics.timer("maskwire.deal", "model", name.model()).record(took);
    metrics.counter("maskwire.sessions.dealt", "model", name.model()).increment();
    try (var _ = LogContext.ofSession(session.toString())) {
      LOG.infof("dealt session %s of %s in %d ms", session, name, took.toMillis());
    }
  }

  @Override
  public void level(ModelVersionName name, int free) {
    levels.computeIfAbsent(name, this::gauge).set(free);
  }

  private AtomicInteger gauge(ModelVersionName name) {
    Tags tags = Tags.of("model", name.model(), "version", name.version());
    AtomicInteger level = new AtomicInteger();
    metrics.gauge("maskwire.stock", tags, level);
    return level;
  }

  @Override
  public void full(ModelVersionName name, long commonBytes) {
    LOG.warnf("no more sessions of %s: %d bytes of keys are stored", name, commonBytes);
  }

  @Override
  public void failed(RuntimeException cause) {
    metrics.counter("maskwire.deal.failures").increment();
    LOG.error("the stock was not refilled; it is tried again", cause);
  }

  /** A request was refused. */
  void refused(String request, Refusal refusal) {
    metrics.counter("maskwire.refusals", "reason", refusal.reason().code()).increment();
    byte[] entry =
        JsonObject.create()
            .put("time", Instant.now())
            .put("function", "dealer")
            .put("request", request)
            .put("reason", refusal.reason().code())
            .toBytes();
    AUDIT.warn(new String(entry, StandardCharsets.UTF_8));
    audit.sendAndForget(entry);
  }
}
