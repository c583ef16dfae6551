package io.maskwire.dealer;

import io.maskwire.exchange.store.BlobContainer;

/**
 * Where a session's files go, each in the storage of its reader.
 *
 * @param common for both parties
 * @param party0 for party 0 alone; the dealer may create only
 * @param party1 for party 1 alone; the dealer may create only
 * @param masks the dealer's own
 */
public record KeyContainers(
    BlobContainer common, BlobContainer party0, BlobContainer party1, BlobContainer masks) {}
