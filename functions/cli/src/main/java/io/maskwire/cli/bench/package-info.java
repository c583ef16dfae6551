/**
 * Rates of gates and models on one thread, beside the machine's own limits. Entry: {@link
 * io.maskwire.cli.bench.GateBench}. The JMH classes in {@code tests} run the same workloads.
 */
@NullMarked
package io.maskwire.cli.bench;

import org.jspecify.annotations.NullMarked;
