package io.maskwire.party.intake;

import io.maskwire.exchange.store.StoreException;
import io.maskwire.party.session.RefusedException;
import io.maskwire.party.session.SendException;
import io.maskwire.party.session.SessionEngine;
import io.maskwire.party.session.SessionEngine.Handled;
import io.maskwire.party.session.SessionEvent;
import java.time.Duration;

/**
 * Handles records. A record is done when its consequences are durable and delivered, when it is
 * refused and audited, or when it is put aside because it can never be handled. If store or broker
 * fail, it is handled again, for a while; then the failure is thrown, and whoever runs this must
 * stop without committing the record, so that it is delivered again after a restart.
 */
public final class Intake {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final EventDecoder decoder;
  private final SessionEngine engine;
  private final Reports reports;
  private final Duration retryFor;

  /**
   * An intake for {@code engine}.
   *
   * @param retryFor how long a record is tried
   */
  public Intake(EventDecoder decoder, SessionEngine engine, Reports reports, Duration retryFor) {
    this.decoder = decoder;
    this.engine = engine;
    this.reports = reports;
    this.retryFor = retryFor;
  }

  /**
   * Handles {@code record}; blocks the thread until its messages are sent.
   *
   * @return says when the record is done
   * @throws RuntimeException if it could not be handled and must not be lost
   */
  public Handled handle(InboundRecord record) {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return tryOnce(record, start);
      } catch (StoreException | SendException e) {
        if (System.nanoTime() - start > retryFor.toNanos()) {
          throw e;
        }
        reports.retrying(record, e, pause);
      }
      pause(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /**
   * As {@link #handle}, of a record that was handled, but did not become durable.
   *
   * @param lost why not
   * @param since when it was handled first, of {@link System#nanoTime}
   * @throws RuntimeException if that goes on for too long: the record must not be lost
   */
  public Handled again(InboundRecord record, RuntimeException lost, long since) {
    if (System.nanoTime() - since > retryFor.toNanos()) {
      throw lost;
    }
    reports.retrying(record, lost, Duration.ZERO);
    return handle(record);
  }

  private Handled tryOnce(InboundRecord record, long start) {
    try {
      SessionEvent event = decoder.decode(record);
      try {
        Handled handled = engine.handle(event);
        reports.sent(handled.messages(), Duration.ofNanos(System.nanoTime() - start));
        return handled;
      } catch (RefusedException e) {
        reports.refused(event, e);
      }
    } catch (StoreException | SendException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever else goes wrong goes wrong every time, and must not stop other sessions.
      reports.poison(record, e);
    }
    return Handled.NOTHING;
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a record waited for the store or broker", e);
    }
  }
}
