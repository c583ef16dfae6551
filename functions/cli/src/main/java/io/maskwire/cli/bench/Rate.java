package io.maskwire.cli.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Times a workload on the calling thread, in the processor time of that thread, so that other load
 * on the machine counts as little as it can: runs until the JIT compiler is done, then takes the
 * median of several runs. For exact figures with errors there are the JMH classes.
 */
final class Rate {
  private static final int RUNS = 7;

  /** A run is faster than the best so far if it is so by more than this fraction. */
  private static final double STEADY = 0.03;

  /** Warming up ends when so many runs in a row were not faster and nothing was compiled. */
  private static final int QUIET_RUNS = 5;

  private static final int LEAST_WARM_UPS = 10;
  private static final int MOST_WARM_UPS = 50;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final boolean processorTime = threads.isCurrentThreadCpuTimeSupported();
  private final long runNanos;

  /** Values that workloads return end up here, so that no work is optimized away. */
  private long sink;

  Rate(long runMillis) {
    runNanos = runMillis * 1_000_000;
  }

  /** Operations per second of {@code workload}, each call of which is {@code operations}. */
  double perSecond(long operations, LongSupplier workload) {
    warmUp(workload);
    double[] rates = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      rates[i] = operations * run(workload);
    }
    Arrays.sort(rates);
    return rates[RUNS / 2];
  }

  private void warmUp(LongSupplier workload) {
    double best = 0;
    long compiled = compilationMillis();
    int quiet = 0;
    for (int i = 0; i < MOST_WARM_UPS && (i < LEAST_WARM_UPS || quiet < QUIET_RUNS); i++) {
      double rate = run(workload);
      long now = compilationMillis();
      quiet = rate > best * (1 + STEADY) || now > compiled ? 0 : quiet + 1;
      best = Math.max(best, rate);
      compiled = now;
    }
  }

  private static long compilationMillis() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null || !compiler.isCompilationTimeMonitoringSupported()
        ? 0
        : compiler.getTotalCompilationTime();
  }

  /** Calls per second. */
  private double run(LongSupplier workload) {
    long calls = 0;
    long start = now();
    long end;
    do {
      sink += workload.getAsLong();
      calls++;
      end = now();
    } while (end - start < runNanos);
    return calls * 1e9 / (end - start);
  }

  private long now() {
    return processorTime ? threads.getCurrentThreadCpuTime() : System.nanoTime();
  }

  /** What the workloads returned: printed nowhere, kept so that it is computed. */
  long sink() {
    return sink;
  }
}
