/**
 * The gates, one file each: what is computed ({@code ideal}), the dealer's part ({@code
 * generateKeys}) and the parties' ({@code evaluate}, or {@code begin} and {@code finish} around an
 * opening), with the same numbering. Read {@link io.maskwire.crypto.protocol.KeyLayout}, {@link
 * io.maskwire.crypto.protocol.DealerContext} and {@link io.maskwire.crypto.protocol.PartyContext},
 * then {@link io.maskwire.crypto.protocol.LinearLayer} and {@link
 * io.maskwire.crypto.protocol.ReluTruncate}.
 *
 * <p>Semi-honest parties and dealer that do not collude. Vectors are {@code long[]} whose high bits
 * mean nothing beyond the stated width; masks and shares are of values mod 2^n.
 */
@NullMarked
package io.maskwire.crypto.protocol;

import org.jspecify.annotations.NullMarked;
