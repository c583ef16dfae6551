package io.maskwire.gateway.session;

import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;

/**
 * Tells parties and dealer. Every method returns when the broker has the event, and throws if it
 * does not take it: then nobody was told, or somebody, and telling again does no harm.
 */
public interface SessionEvents {

  /** Keys are bound. */
  void opened(SessionOpened event);

  /** The masked input is stored. */
  void uploaded(InputUploaded event);

  /** Nothing more happens. */
  void ended(SessionEnded event);
}
