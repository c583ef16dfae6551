/**
 * Session tokens: signed by the gateway, they open one session here and its masks at the dealer.
 * Read {@link io.maskwire.gateway.token.SessionTokens}, {@link io.maskwire.gateway.token.Access}.
 */
@NullMarked
package io.maskwire.gateway.token;

import org.jspecify.annotations.NullMarked;
