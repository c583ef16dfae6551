package io.maskwire.benchmarks;

import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.prg.Expansion;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Convolution.Channels;
import io.maskwire.crypto.ring.Convolution.Extent;
import io.maskwire.crypto.ring.Convolution.Window;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.LinearMap;
import java.util.SplittableRandom;
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

/** What gates and linear layers are made of, operations per second on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseParallelGC", "-Xmn64m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int BATCH = 4096;
  private static final int EXPANDED = 1 << 16;
  private static final BitWidth DOMAIN = BitWidth.of(23);

  /** A part of the resting-state network's first layer, which has 109350 inputs. */
  private static final int DENSE_INPUTS = 4096;

  private static final int DENSE_OUTPUTS = 200;
  private static final int CHANNELS = 64;
  private static final int SIDE = 16;
  private static final int KERNEL = 3;

  /** A linear map with operands and room for its result. */
  private static final class Layer {
    private final LinearMap map;
    private final long[] weights;
    private final long[] input;
    private final long[] output;

    Layer(LinearMap map, SplittableRandom random) {
      this.map = map;
      weights = random.longs(map.weightCount()).toArray();
      input = random.longs(map.inputCount()).toArray();
      output = new long[map.outputCount()];
    }

    long[] run() {
      map.accumulate(weights, input, output);
      return output;
    }
  }

  private final SplittableRandom random = new SplittableRandom(1);
  private final Layer dense = new Layer(new Dense(1, DENSE_INPUTS, DENSE_OUTPUTS), random);
  private final Layer convolution = new Layer(convolution(), random);
  private final NodeHash hash = NodeHash.forKey(bytes(random));
  private final PrefixParity parity = new PrefixParity(DOMAIN);
  private final long[] points = random.longs(BATCH).map(DOMAIN::reduce).toArray();
  private final long[] roots0 = random.longs(2 * BATCH).toArray();
  private final long[] roots1 = random.longs(2 * BATCH).toArray();
  private final TreeKeys trees = parity.generateKeys(hash, points.clone(), roots0, roots1);
  private final Expansion expansion = Seed.copyOf(bytes(random)).expand();

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[Seed.BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Convolution convolution() {
    Extent one = new Extent(1, 1, 1);
    Extent padding = new Extent(0, 1, 1);
    return new Convolution(
        new Channels(1, CHANNELS, CHANNELS, 1),
        new Extent(1, SIDE, SIDE),
        new Extent(1, KERNEL, KERNEL),
        new Window(one, one, padding, padding));
  }

  /** Multiply-adds. */
  @Benchmark
  @OperationsPerInvocation(DENSE_INPUTS * DENSE_OUTPUTS)
  public long[] dense() {
    return dense.run();
  }

  /** Multiply-adds, those on the padding included. */
  @Benchmark
  @OperationsPerInvocation(CHANNELS * CHANNELS * KERNEL * KERNEL * SIDE * SIDE)
  public long[] convolution3x3() {
    return convolution.run();
  }

  /** Comparisons of 23 bits, the dealer's part. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public TreeKeys prefixParityGenerate() {
    return parity.generateKeys(hash, points, roots0, roots1);
  }

  /** Comparisons of 23 bits, a party's part. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long[] prefixParityEvaluate() {
    return parity.evaluate(hash, 0, trees, roots0, points);
  }

  /** Elements of 36 bits from a seed. */
  @Benchmark
  @OperationsPerInvocation(EXPANDED)
  public long[] expansion() {
    return expansion.values(EXPANDED, BitWidth.of(36));
  }
}
