/**
 * What an operator sees: the health of each function, what it has refused, and the stock. Read
 * {@link io.maskwire.gateway.operations.FunctionHealth}.
 */
@NullMarked
package io.maskwire.gateway.operations;

import org.jspecify.annotations.NullMarked;
