/**
 * The user's and the owner's side of a running system: masks and unmasks here, so that what leaves
 * this machine is masked, sealed, or public. Read {@link io.maskwire.cli.gateway.GatewayClient},
 * then {@link io.maskwire.cli.gateway.RemoteInference}.
 */
@NullMarked
package io.maskwire.cli.gateway;

import org.jspecify.annotations.NullMarked;
