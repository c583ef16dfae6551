/**
 * Kafka: what the gateway tells and hears. Shells that decode, call a plain class, and acknowledge
 * once it has made durable what it heard. Read {@link
 * io.maskwire.gateway.messaging.EventConsumers}.
 */
@NullMarked
package io.maskwire.gateway.messaging;

import org.jspecify.annotations.NullMarked;
