/**
 * Rewrites a graph into one that costs less and means the same: {@link
 * io.maskwire.compiler.optimizer.Optimizer} says in which order.
 */
@NullMarked
package io.maskwire.compiler.optimizer;

import org.jspecify.annotations.NullMarked;
