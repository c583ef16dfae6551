/**
 * Blob storage on this machine: Azurite where Node is present, else plain files. Read {@link
 * io.maskwire.infra.store.BlobService}.
 */
@NullMarked
package io.maskwire.infra.store;

import org.jspecify.annotations.NullMarked;
