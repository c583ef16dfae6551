package io.maskwire.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Writes down what was refused: to the log category {@code audit}, which is the record that counts,
 * to the audit topic, and as {@code maskwire_refusals_total}.
 */
public final class Audit {
  private static final System.Logger LOG = System.getLogger("audit");

  private final Consumer<Refusal> topic;
  private final MeterRegistry meters;
  private final Clock clock;

  /** An audit that also tells {@code topic}. */
  public Audit(Consumer<Refusal> topic, MeterRegistry meters, Clock clock) {
    this.topic = topic;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Writes down a refusal.
   *
   * @param session id that was asked for, as it came
   * @return what to throw
   */
  public ProblemException refuse(Problem problem, String session, String detail) {
    Refusal refusal = new Refusal(clock.instant(), problem.code(), printable(session), detail);
    LOG.log(System.Logger.Level.WARNING, new String(refusal.toJson(), StandardCharsets.UTF_8));
    meters.counter("maskwire.refusals", "reason", problem.code()).increment();
    topic.accept(refusal);
    return new ProblemException(problem, detail);
  }

  /** What can be an id, so that a hostile address fills no log. */
  private static String printable(String session) {
    return session.length() <= 32 ? session : session.substring(0, 32);
  }
}
