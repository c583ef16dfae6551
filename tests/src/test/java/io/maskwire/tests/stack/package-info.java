/**
 * The packaged functions of all three trust domains, with broker and blob store, each in a process
 * of its own: what they do when processes are killed, when uploads are repeated, and what they say
 * of it. Read {@link io.maskwire.tests.stack.TestStack}, then {@link io.maskwire.tests.stack.Load}.
 */
@NullMarked
package io.maskwire.tests.stack;

import org.jspecify.annotations.NullMarked;
