/**
 * The whole system on one machine: broker, blob store and all functions as processes of their own,
 * under three principals. Read {@link io.maskwire.infra.stack.LocalStack}.
 */
@NullMarked
package io.maskwire.infra.stack;

import org.jspecify.annotations.NullMarked;
