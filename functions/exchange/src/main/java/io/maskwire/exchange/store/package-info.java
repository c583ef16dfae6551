/**
 * Blob storage: containers and who may do what in them, an interface of the few operations that the
 * functions need, and its implementations on Azure Blob Storage and on files. Creating is atomic
 * and fails if the blob exists; logs grow by compare-and-append. Read {@link
 * io.maskwire.exchange.store.BlobContainer}.
 */
@NullMarked
package io.maskwire.exchange.store;

import org.jspecify.annotations.NullMarked;
