package io.maskwire.benchmarks;

import io.maskwire.cli.bench.GateBench;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Every gate: the dealer's and party 1's part, elements per second on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseParallelGC", "-Xmn64m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GateBenchmark {
  private static final int MANY = 4096;

  /** For the gates that take longest. */
  private static final int FEW = 64;

  /** A gate's workload and keys for its evaluation. */
  private static final class Prepared {
    private final GateBench.Workload workload;
    private final byte[][] keys;

    Prepared(GateBench.Workload workload) {
      this.workload = workload;
      keys = workload.generate().get();
    }

    byte[][] generate() {
      return workload.generate().get();
    }

    long[] evaluate() {
      return workload.evaluate().apply(keys[0], keys[1]);
    }
  }

  private final Prepared reluTruncate = new Prepared(new GateBench(MANY).reluTruncate());
  private final Prepared truncate = new Prepared(new GateBench(MANY).truncate());
  private final Prepared relu = new Prepared(new GateBench(MANY).relu());
  private final Prepared select = new Prepared(new GateBench(MANY).select());
  private final Prepared multiply = new Prepared(new GateBench(MANY).multiply());
  private final Prepared localTruncate = new Prepared(new GateBench(FEW).localTruncate());
  private final Prepared tableLookup = new Prepared(new GateBench(FEW).tableLookup());

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public byte[][] reluTruncateGenerate() {
    return reluTruncate.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long[] reluTruncateEvaluate() {
    return reluTruncate.evaluate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public byte[][] truncateGenerate() {
    return truncate.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long[] truncateEvaluate() {
    return truncate.evaluate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public byte[][] reluGenerate() {
    return relu.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long[] reluEvaluate() {
    return relu.evaluate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public byte[][] selectGenerate() {
    return select.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long[] selectEvaluate() {
    return select.evaluate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public byte[][] multiplyGenerate() {
    return multiply.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long[] multiplyEvaluate() {
    return multiply.evaluate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public byte[][] localTruncateGenerate() {
    return localTruncate.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public long[] localTruncateEvaluate() {
    return localTruncate.evaluate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public byte[][] tableLookupGenerate() {
    return tableLookup.generate();
  }

  /** Elements. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public long[] tableLookupEvaluate() {
    return tableLookup.evaluate();
  }
}
