package io.maskwire.gateway.session;

import java.time.Duration;

/**
 * How long things last.
 *
 * @param session from opening to expiry
 * @param keys of unbound key sets, the dealer's own setting
 * @param keyMargin what must remain of a key set's life for it to be handed out: covers clocks that
 *     differ, and the time until the dealer knows
 * @param retention of blobs after a session has ended
 */
public record Lifetimes(Duration session, Duration keys, Duration keyMargin, Duration retention) {
  public Lifetimes {
    if (keyMargin.compareTo(keys) >= 0) {
      throw new IllegalArgumentException(
          "the key margin must be shorter than the keys' life: %s and %s"
              .formatted(keyMargin, keys));
    }
  }
}
