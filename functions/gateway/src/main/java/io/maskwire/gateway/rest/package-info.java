/**
 * REST and server-sent events, under {@code /api}. No endpoint takes or gives an unmasked value:
 * inputs come masked and sealed for the parties, result shares are sealed for the user's key. Read
 * {@link io.maskwire.gateway.rest.SessionResource}.
 */
@NullMarked
package io.maskwire.gateway.rest;

import org.jspecify.annotations.NullMarked;
