/** What is missing in {@link io.maskwire.exchange.store.BlobContainer}: streams over ranges. */
@NullMarked
package io.maskwire.party.blob;

import org.jspecify.annotations.NullMarked;
