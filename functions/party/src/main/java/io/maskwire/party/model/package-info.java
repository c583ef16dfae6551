/** Model versions as this party serves them; {@link io.maskwire.party.model.ModelCache}. */
@NullMarked
package io.maskwire.party.model;

import org.jspecify.annotations.NullMarked;
