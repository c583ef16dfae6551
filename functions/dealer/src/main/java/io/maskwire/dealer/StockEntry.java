package io.maskwire.dealer;

import io.maskwire.crypto.wire.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as the container {@code masks} shows it.
 *
 * @param session which
 * @param dealt when its masks were stored; empty if they are erased
 * @param ready true if all its keys are in place
 * @param bound when a user got it, if one did
 */
public record StockEntry(
    SessionId session, Optional<Instant> dealt, boolean ready, Optional<Instant> bound) {

  /** True if a user can get it at {@code now}. */
  boolean free(Instant now, StockLimits limits) {
    return ready
        && bound.isEmpty()
        && dealt.isPresent()
        && dealt.get().plus(limits.keyLifetime()).isAfter(now);
  }
}
