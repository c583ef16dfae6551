/**
 * Sessions from opening to end. All that must last is in blobs, created once and never changed, so
 * that any instance of the gateway answers, and a restart loses nothing: {@code
 * sessions/SESSION/record.json} binds a key set, {@code inputs/SESSION} is the masked input, {@code
 * results/SESSION/PARTY} the result shares, {@code sessions/SESSION/ended.json} decides how it
 * ended. Read {@link io.maskwire.gateway.session.SessionRegistry}, {@link
 * io.maskwire.gateway.session.InputUploads}, {@link io.maskwire.gateway.session.Results}, {@link
 * io.maskwire.gateway.session.Expiry}.
 */
@NullMarked
package io.maskwire.gateway.session;

import org.jspecify.annotations.NullMarked;
