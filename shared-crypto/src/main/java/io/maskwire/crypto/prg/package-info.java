/**
 * Everything pseudorandom: secret {@link io.maskwire.crypto.prg.Seed}s, {@link
 * io.maskwire.crypto.prg.Label}s that give each expansion a stream of its own, and the expansion by
 * AES in counter mode. Entry: {@link io.maskwire.crypto.prg.Seed}; then {@link
 * io.maskwire.crypto.prg.Label} and {@link io.maskwire.crypto.prg.PartyRandomness}.
 */
@NullMarked
package io.maskwire.crypto.prg;

import org.jspecify.annotations.NullMarked;
