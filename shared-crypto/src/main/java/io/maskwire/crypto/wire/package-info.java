/**
 * Versioned byte formats: programs, weights, key material, messages. Every reader is bounded by
 * what it was given, never by what the bytes claim, and refuses anything malformed with a {@link
 * io.maskwire.crypto.wire.ProtocolException}. Read {@link io.maskwire.crypto.wire.ByteWriter} and
 * {@link io.maskwire.crypto.wire.ByteReader}, then the codecs.
 */
@NullMarked
package io.maskwire.crypto.wire;

import org.jspecify.annotations.NullMarked;
