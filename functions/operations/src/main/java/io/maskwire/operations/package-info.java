/**
 * How every function is operated: where its containers are and whether they answer, how its log
 * lines look, and defaults that hold for all, in {@code microprofile-config.properties}. Start with
 * {@link io.maskwire.operations.StoreConfig}, then {@link io.maskwire.operations.LogContext}.
 */
@NullMarked
package io.maskwire.operations;

import org.jspecify.annotations.NullMarked;
