/**
 * Published models, as the owner's compiler left them in the container {@code models}. Read {@link
 * io.maskwire.gateway.model.ModelCatalogue}.
 */
@NullMarked
package io.maskwire.gateway.model;

import org.jspecify.annotations.NullMarked;
