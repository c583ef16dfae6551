/**
 * A session's keys as a party reads them from blob storage: {@link io.maskwire.party.keys.KeyStore}
 * opens and erases them, {@link io.maskwire.party.keys.BlobKeySource} reads them by ranges, ahead
 * of their use and in bounded memory.
 */
@NullMarked
package io.maskwire.party.keys;

import org.jspecify.annotations.NullMarked;
