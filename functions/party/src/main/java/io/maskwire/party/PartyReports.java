package io.maskwire.party;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.store.Container;
import io.maskwire.operations.AuditEntry;
import io.maskwire.operations.AuditTrail;
import io.maskwire.party.intake.InboundRecord;
import io.maskwire.party.intake.Reports;
import io.maskwire.party.session.RefusedException;
import io.maskwire.party.session.SendException;
import io.maskwire.party.session.SessionEvent;
import io.maskwire.party.session.WarmSessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Metrics, logs, the audit and the topic of dead letters of the party's domain. */
@ApplicationScoped
class PartyReports implements Reports {
  /** The header that says why a record is a dead letter. */
  static final String REASON_HEADER = "dead-letter-reason";

  /** The reason in audit and metrics. */
  static final String SESSION_FAILED = "session-failed";

  private static final int LONGEST_REASON = 1 << 10;
  private static final String TOPIC_HEADER = "dead-letter-topic";
  private static final Logger LOG = Logger.getLogger(PartyReports.class);

  private final KafkaOutbox outbox;
  private final AuditTrail audit;
  private final Role role;
  private final String domain;
  private final Timer rounds;
  private final Counter messages;
  private final Counter deadLetters;
  private final Counter failures;
  private final Counter retries;

  PartyReports(
      MeterRegistry registry,
      KafkaOutbox outbox,
      AuditTrail audit,
      PartyConfig config,
      WarmSessions warm) {
    this.outbox = outbox;
    this.audit = audit;
    role = Role.of(config.role());
    domain = (config.role() == 0 ? Container.Domain.OWNER : Container.Domain.USER).account();
    rounds =
        Timer.builder("maskwire.round")
            .description("from an event to the broker's word for the message that it causes")
            .publishPercentiles(0.5, 0.99)
            .publishPercentileHistogram()
            .register(registry);
    messages = Counter.builder("maskwire.rounds").description("messages sent").register(registry);
    deadLetters =
        Counter.builder("maskwire.dead.letters")
            .description("records put aside")
            .register(registry);
    failures =
        Counter.builder("maskwire.session.failures")
            .description("events at which a session has failed")
            .register(registry);
    retries =
        Counter.builder("maskwire.retries")
            .description("events handled again after store or broker failed")
            .register(registry);
    registry.gauge("maskwire.warm.sessions", warm, WarmSessions::size);
    registry.gauge("maskwire.warm.bytes", warm, WarmSessions::estimatedBytes);
  }

  @Override
  public void refused(SessionEvent event, RefusedException refusal) {
    audit.write(
        AuditEntry.ofSession(
            refusal.reason().code(),
            event.session().toString(),
            String.valueOf(refusal.getMessage())));
  }

  @Override
  public void poison(InboundRecord record, RuntimeException problem) {
    LOG.errorf(problem, "put aside: %s", record);
    putAside(record, problem);
  }

  private void putAside(InboundRecord record, Throwable problem) {
    Map<String, String> headers = new HashMap<>(record.headers());
    headers.put(TOPIC_HEADER, record.topic());
    headers.put(REASON_HEADER, shortened(String.valueOf(problem.getMessage())));
    String topic = "dead-letter-" + domain;
    try {
      outbox.forward(topic, record.key(), record.data(), headers);
    } catch (SendException e) {
      if (e.isPassing()) {
        throw e;
      }
      LOG.errorf(e, "put aside without its data: %s", record);
      outbox.forward(
          topic,
          record.key(),
          new byte[0],
          Map.of(TOPIC_HEADER, record.topic(), REASON_HEADER, "too large"));
    }
    deadLetters.increment();
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }

  @Override
  public void failed(InboundRecord record, SessionEvent event, Throwable problem) {
    LOG.errorf(problem, "session %s has failed at: %s", event.session(), record);
    putAside(record, problem);
    audit.write(
        AuditEntry.ofSession(
            SESSION_FAILED,
            event.session().toString(),
            shortened(String.valueOf(problem.getMessage()))));
    outbox.failed(event, role);
    failures.increment();
  }

  @Override
  public void sent(int count, Duration elapsed) {
    if (count > 0) {
      rounds.record(elapsed);
      messages.increment(count);
    }
  }

  @Override
  public void retrying(InboundRecord record, Throwable problem, Duration pause) {
    LOG.warnf(problem, "%s is handled again in %d ms", record, pause.toMillis());
    retries.increment();
  }
}
