/**
 * The application: configuration, and the plain classes put together. Read {@link
 * io.maskwire.gateway.app.GatewayConfig}, {@link io.maskwire.gateway.app.Assembly}.
 */
@NullMarked
package io.maskwire.gateway.app;

import org.jspecify.annotations.NullMarked;
