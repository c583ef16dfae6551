package io.maskwire.party.intake;

import io.maskwire.party.session.RefusedException;
import io.maskwire.party.session.SessionEvent;
import java.time.Duration;

/** What operators get to know. The first three return when it is recorded for good. */
public interface Reports {
  /** An event contradicted its session, and nothing was changed. */
  void refused(SessionEvent event, RefusedException refusal);

  /** A record can never be handled; it is put aside. */
  void poison(InboundRecord record, RuntimeException problem);

  /** A session has failed at {@code event} and ends; the record is put aside. */
  void failed(InboundRecord record, SessionEvent event, Throwable problem);

  /** An event was handled, and {@code messages} were sent. */
  void sent(int messages, Duration elapsed);

  /** Store or broker failed; the event is handled again after {@code pause}. */
  void retrying(InboundRecord record, Throwable problem, Duration pause);
}
