package io.maskwire.dealer;

import io.maskwire.exchange.event.KeysReady;

/** Tells the user's side of sessions that are ready. */
@FunctionalInterface
public interface Announcer {
  /** Returns when the event is safe with the broker; throws if it is not. */
  void announce(KeysReady event);
}
