/**
 * Sealing: what goes through broker and storage is encrypted for its receivers, under keys that
 * come from the parties' certificates (P-256). The user seals with HPKE for both parties, the
 * parties for the user; between each other they use AES-GCM under a key agreed from both
 * certificates. Read {@link io.maskwire.exchange.seal.Envelope}, {@link
 * io.maskwire.exchange.seal.PairSeal}.
 */
@NullMarked
package io.maskwire.exchange.seal;

import org.jspecify.annotations.NullMarked;
