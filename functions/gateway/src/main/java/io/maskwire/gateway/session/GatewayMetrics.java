package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What operators see: {@code maskwire_sessions_opened_total}, {@code ..._completed_total}, {@code
 * ..._expired_total}, {@code ..._failed_total}, {@code maskwire_session_seconds} from the upload to
 * both result shares, of sessions whose upload this instance took, and {@code maskwire_ready_keys}.
 */
public final class GatewayMetrics {
  private static final int MOST_TIMED = 10_000;

  private final MeterRegistry meters;
  private final Counter opened;
  private final Counter completed;
  private final Counter expired;
  private final Counter failed;
  private final Timer session;
  private final RecentlyUsed<SessionId, Upload> uploads = new RecentlyUsed<>(MOST_TIMED);
  private final TypicalTimes times = new TypicalTimes();

  /** An input that was taken, and when. */
  private record Upload(ModelVersionName name, long nanos) {}

  /** Meters in {@code meters}. */
  public GatewayMetrics(MeterRegistry meters) {
    this.meters = meters;
    opened = meters.counter("maskwire.sessions.opened");
    completed = meters.counter("maskwire.sessions.completed");
    expired = meters.counter("maskwire.sessions.expired");
    failed = meters.counter("maskwire.sessions.failed");
    session =
        Timer.builder("maskwire.session")
            .description("from an upload to both result shares")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(10))
            .maximumExpectedValue(Duration.ofMinutes(5))
            .register(meters);
  }

  /** A session was opened. */
  public void opened() {
    opened.increment();
  }

  void uploaded(SessionRecord record) {
    uploads.put(record.session(), new Upload(record.name(), System.nanoTime()));
  }

  /** Both result shares are stored, by whatever instance. */
  public void shared(SessionId id) {
    uploads
        .remove(id)
        .ifPresent(
            upload -> {
              Duration time = Duration.ofNanos(System.nanoTime() - upload.nanos());
              session.record(time);
              times.add(upload.name(), time);
            });
  }

  /** Median of the latest sessions of a version, from the upload to both result shares. */
  public Optional<Duration> typicalTime(ModelVersionName name) {
    return times.median(name);
  }

  void ended(Outcome outcome) {
    switch (outcome) {
      case COMPLETED -> completed.increment();
      case EXPIRED -> expired.increment();
      case FAILED -> failed.increment();
    }
  }

  /** Shows how many key sets of a version are ready. */
  void watch(ModelVersionName name, ToDoubleFunction<ModelVersionName> count) {
    Gauge.builder("maskwire.ready.keys", name, count)
        .description("key sets in stock that this instance knows")
        .tag("model", name.model())
        .tag("version", name.version())
        .strongReference(true)
        .register(meters);
  }
}
