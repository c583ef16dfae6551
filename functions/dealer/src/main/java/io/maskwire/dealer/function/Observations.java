package io.maskwire.dealer.function;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.dealer.DealerListener;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.operations.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** What is seen of the dealer from outside: metrics and log. */
@Singleton
final class Observations implements DealerListener {
  private static final Logger LOG = Logger.getLogger(Observations.class);

  private final MeterRegistry metrics;
  private final Map<ModelVersionName, AtomicInteger> levels = new ConcurrentHashMap<>();

  Observations(MeterRegistry metrics) {
    this.metrics = metrics;
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
}
