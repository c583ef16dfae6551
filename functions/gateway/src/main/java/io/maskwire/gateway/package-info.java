/**
 * What a user talks to: it hands out sessions, takes masked inputs, starts the inference and gives
 * back result shares. It never has an unmasked value: inputs come masked and sealed for the
 * parties, result shares are sealed for a key that only the user's machine has. Its users have to
 * trust who runs it, all the same: clients and dealer believe the gateway whom to seal for and whom
 * to give masks to. Read {@link io.maskwire.gateway.session.SessionRegistry}, {@link
 * io.maskwire.gateway.session.InputUploads}, {@link io.maskwire.gateway.session.Results}; {@code
 * rest} and {@code messaging} are shells over them. Here is what all of them need: problems and the
 * audit.
 */
@NullMarked
package io.maskwire.gateway;

import org.jspecify.annotations.NullMarked;
