/**
 * The local stack as the command line sees it: starts it as a process of its own, and finds one
 * that runs. Read {@link io.maskwire.cli.stack.LocalStackProcess}.
 */
@NullMarked
package io.maskwire.cli.stack;

import org.jspecify.annotations.NullMarked;
