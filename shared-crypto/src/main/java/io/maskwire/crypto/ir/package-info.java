/**
 * What the parties run: a {@link io.maskwire.crypto.ir.Program} is a list of {@link
 * io.maskwire.crypto.ir.Gate}s over {@link io.maskwire.crypto.ir.Wire}s, and {@link
 * io.maskwire.crypto.ir.Schedule} groups them into rounds. Read in this order: Wire, Gate, Program,
 * Schedule. Nothing here is secret: architecture, widths and scales are public.
 */
@NullMarked
package io.maskwire.crypto.ir;

import org.jspecify.annotations.NullMarked;
