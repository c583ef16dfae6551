/**
 * The dealer without its surroundings: {@link io.maskwire.dealer.Vault} keeps the seeds of
 * versions, {@link io.maskwire.dealer.SessionDealer} deals sessions into the containers of their
 * readers, {@link io.maskwire.dealer.KeyStock} knows which are ready, bound or over, {@link
 * io.maskwire.dealer.Refill} keeps the level, {@link io.maskwire.dealer.MaskRelease} hands masks to
 * the user of a session. Sees masks only, never what they cover.
 */
@NullMarked
package io.maskwire.dealer;

import org.jspecify.annotations.NullMarked;
