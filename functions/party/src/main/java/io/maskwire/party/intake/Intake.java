package io.maskwire.party.intake;

import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.exchange.seal.SealException;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.session.OutdatedException;
import io.maskwire.party.session.RefusedException;
import io.maskwire.party.session.SendException;
import io.maskwire.party.session.SessionEngine;
import io.maskwire.party.session.SessionEngine.Handled;
import io.maskwire.party.session.SessionEvent;
import java.time.Duration;

/**
 * Handles records. A record is done when its consequences are durable and delivered, when it is
 * refused and audited, when it is put aside because it can never be handled, or when its session
 * has failed: then it is put aside too, and the session ends, and no other one notices.
 *
 * <p>While store or broker fail, a record is handled again, for a while. If the store answers by
 * then, the failure is the session's own. If it does not, or the broker does not, the failure is
 * thrown, and whoever runs this must stop without committing the record, so that it is delivered
 * again after a restart.
 */
public final class Intake {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final EventDecoder decoder;
  private final SessionEngine engine;
  private final Reports reports;
  private final Duration retryFor;
  private final FailedSessions failed = new FailedSessions();

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
    long since = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    boolean last = false;
    while (true) {
      try {
        return tryOnce(record, last);
      } catch (StoreException | SendException e) {
        if (isLate(since)) {
          if (last || !isOfOneSession(e)) {
            throw e;
          }
          last = true;
          pause = FIRST_PAUSE;
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

  private boolean isLate(long since) {
    return System.nanoTime() - since > retryFor.toNanos();
  }

  /** The broker is the same for all sessions; the store's blobs are not. */
  private boolean isOfOneSession(RuntimeException failure) {
    return failure instanceof StoreException && engine.abandonment().storeAnswers();
  }

  /**
   * As {@link #handle}, of a record that was handled, but did not become durable.
   *
   * @param lost why not
   * @param since when it was handled first, of {@link System#nanoTime}
   * @throws RuntimeException if that goes on for too long and is nothing of one session: the record
   *     must not be lost
   */
  public Handled again(InboundRecord record, Throwable lost, long since) {
    if (lost instanceof OutdatedException || (isPassing(lost) && !isLate(since))) {
      reports.retrying(record, lost, Duration.ZERO);
      return handle(record);
    }
    if (lost instanceof RuntimeException passing && isPassing(lost) && !isOfOneSession(passing)) {
      throw passing;
    }
    return fail(record, decoder.decode(record), lost);
  }

  private static boolean isPassing(Throwable failure) {
    return switch (failure) {
      case StoreException store -> store.reason() == StoreException.Reason.UNAVAILABLE;
      case SendException send -> send.isPassing();
      default -> false;
    };
  }

  /**
   * Handles a record once.
   *
   * @param last whether it is not tried again if the store fails: the store answers others
   */
  private Handled tryOnce(InboundRecord record, boolean last) {
    SessionEvent event;
    try {
      event = decoder.decode(record);
    } catch (RuntimeException e) {
      reports.poison(record, e);
      return Handled.NOTHING;
    }
    if (failed.contains(event.session()) && !(event instanceof SessionEvent.Ended)) {
      reports.poison(record, new IllegalStateException("its session has failed here"));
      return Handled.NOTHING;
    }
    try {
      return handleEvent(record, event);
    } catch (StoreException | SendException e) {
      boolean hopeless = last && e instanceof StoreException;
      if (isPassing(e) && !hopeless) {
        throw e;
      }
      return fail(record, event, e);
    } catch (OutOfMemoryError e) {
      throw e; // of the process, not of one session
    } catch (RuntimeException | Error e) {
      return fail(record, event, e);
    }
  }

  private Handled handleEvent(InboundRecord record, SessionEvent event) {
    long start = System.nanoTime();
    try {
      Handled handled = engine.handle(event);
      reports.sent(handled.messages(), Duration.ofNanos(System.nanoTime() - start));
      return handled;
    } catch (RefusedException e) {
      reports.refused(event, e);
    } catch (SealException | MissingBlobException | IllegalArgumentException e) {
      reports.poison(record, e);
    } catch (ProtocolException e) {
      if (engine.abandonment().isDamaged(event.session())) {
        throw new IllegalStateException("the session's log is damaged", e);
      }
      reports.poison(record, e);
    }
    return Handled.NOTHING;
  }

  /**
   * Whatever went wrong goes wrong every time, and must not stop other sessions. It is told before
   * the session is given up: if that cannot be done, the record comes again.
   */
  private Handled fail(InboundRecord record, SessionEvent event, Throwable problem) {
    reports.failed(record, event, problem);
    if (failed.add(event.session())) {
      engine.abandonment().abandon(event);
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
