/**
 * Running a program between two parties: {@link io.maskwire.crypto.execution.Channel} is how a
 * party reaches the other one, {@link io.maskwire.crypto.execution.InMemoryChannel} joins two
 * threads of one process. Network transports stand outside this module.
 */
@NullMarked
package io.maskwire.crypto.execution;

import org.jspecify.annotations.NullMarked;
