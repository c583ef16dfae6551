/**
 * JMH benchmarks. Gates run the workloads of {@code maskwire bench}; kernels run at sizes of the
 * models that the project is measured by. See {@code tests/README.md}.
 */
@NullMarked
package io.maskwire.benchmarks;

import org.jspecify.annotations.NullMarked;
