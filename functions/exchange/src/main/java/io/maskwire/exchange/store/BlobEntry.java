package io.maskwire.exchange.store;

import java.time.Instant;

/**
 * What a listing says of a blob.
 *
 * @param name within its container
 * @param length in bytes
 * @param modified when it was last written
 */
public record BlobEntry(String name, long length, Instant modified) {}
