/**
 * The compiler as a function: an uploaded model in, a published version out. Read {@link
 * io.maskwire.compiler.function.ModelPublisher}, which does the work; around it, {@link
 * io.maskwire.compiler.function.CompileFunction} takes the event. The command line uses nothing of
 * this package.
 */
@NullMarked
package io.maskwire.compiler.function;

import org.jspecify.annotations.NullMarked;
