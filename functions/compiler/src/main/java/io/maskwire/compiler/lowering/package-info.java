/**
 * From {@link io.maskwire.crypto.ir.Graph} to {@link io.maskwire.crypto.ir.Program}. Forward,
 * {@link io.maskwire.compiler.lowering.Lowering} chooses scales, ranges and gates; backward, {@link
 * io.maskwire.compiler.lowering.WidthSolver} gives every wire the width that its consumers need.
 */
@NullMarked
package io.maskwire.compiler.lowering;

import org.jspecify.annotations.NullMarked;
