package io.maskwire.crypto.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels against the defining sums, in integers that do not wrap. */
class LinearMapTest {
  private static final int SHAPES = 400;

  /** The term of output {@code y}: receives pairs of weight and input positions. */
  private interface Terms {
    void add(int weight, int input);
  }

  private interface Definition {
    void terms(int y, Terms terms);
  }

  @Test
  void accumulate_randomDenseShapes_equalsTheDefinition() {
    for (int seed = 0; seed < SHAPES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Dense dense = new Dense(random.nextInt(1, 6), random.nextInt(1, 40), random.nextInt(1, 12));
      assertDefined(dense, seed, denseDefinition(dense));
    }
  }

  private static Definition denseDefinition(Dense dense) {
    return (y, terms) -> {
      int row = y / dense.outputs();
      int output = y % dense.outputs();
      IntStream.range(0, dense.inner())
          .forEach(k -> terms.add(output * dense.inner() + k, row * dense.inner() + k));
    };
  }

  @Test
  void accumulate_randomScalings_equalsTheDefinition() {
    for (int seed = 0; seed < SHAPES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int inner = random.nextInt(1, 6);
      Scaling scaling = new Scaling(inner * random.nextInt(1, 20), random.nextInt(1, 8), inner);
      assertDefined(
          scaling, seed, (y, terms) -> terms.add(y / scaling.inner() % scaling.channels(), y));
    }
  }

  @Test
  void accumulate_randomConvolutions_equalsTheDefinition() {
    int fitting = 0;
    for (int seed = 0; fitting < SHAPES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Convolution convolution;
      try {
        convolution = randomConvolution(random);
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("does not fit");
        continue;
      }
      fitting++;
      assertDefined(convolution, seed, convolutionDefinition(convolution));
    }
  }

  private static Convolution randomConvolution(SplittableRandom random) {
    int dimensions = random.nextInt(1, 4);
    int groups = random.nextInt(1, 4);
    return new Convolution(
        new Convolution.Channels(
            random.nextInt(1, 4),
            groups * random.nextInt(1, 4),
            groups * random.nextInt(1, 7),
            groups),
        extent(random, dimensions, 1, 1, 9),
        extent(random, dimensions, 1, 1, 4),
        new Convolution.Window(
            extent(random, dimensions, 1, 1, 4),
            extent(random, dimensions, 1, 1, 4),
            extent(random, dimensions, 0, 0, 4),
            extent(random, dimensions, 0, 0, 4)));
  }

  private static Convolution.Extent extent(
      SplittableRandom random, int dimensions, int fill, int least, int end) {
    return Convolution.Extent.of(fill, random.ints(dimensions, least, end).toArray());
  }

  /** Tiles of output positions have 32,768 elements of work: sizes around one and two tiles. */
  @ParameterizedTest
  @CsvSource({"1,32767", "1,32768", "1,32769", "2,16384", "2,16385", "4096,8", "4096,9", "9000,17"})
  void accumulate_convolutionAroundATile_equalsTheDefinition(int kernel, int positions) {
    var one = new Convolution.Extent(1, 1, 1);
    var none = new Convolution.Extent(0, 0, 0);
    Convolution convolution =
        new Convolution(
            new Convolution.Channels(1, 1, 1, 1),
            new Convolution.Extent(1, 1, kernel + positions - 1),
            new Convolution.Extent(1, 1, kernel),
            new Convolution.Window(one, one, none, none));
    assertThat(convolution.outputCount()).isEqualTo(positions);
    assertDefined(convolution, kernel, convolutionDefinition(convolution));
  }

  private static Definition convolutionDefinition(Convolution c) {
    Shape x = shape(c.channels().batch(), c.channels().input(), c.input());
    Shape y = shape(c.channels().batch(), c.channels().output(), c.output());
    int groupInputs = c.channels().input() / c.channels().groups();
    int groupOutputs = c.channels().output() / c.channels().groups();
    Shape w = shape(c.channels().output(), groupInputs, c.kernel());
    return (position, terms) -> {
      int[] at = coordinates(position, y);
      for (int weight = 0; weight < w.elements() / w.dimension(0); weight++) {
        int[] k = coordinates(at[1] * (w.elements() / w.dimension(0)) + weight, w);
        int d = source(at[2], k[2], c, Convolution.Extent::depth);
        int h = source(at[3], k[3], c, Convolution.Extent::height);
        int l = source(at[4], k[4], c, Convolution.Extent::width);
        boolean inside =
            d >= 0
                && h >= 0
                && l >= 0
                && d < x.dimension(2)
                && h < x.dimension(3)
                && l < x.dimension(4);
        if (inside) {
          int channel = at[1] / groupOutputs * groupInputs + k[1];
          terms.add(position(w, k), position(x, at[0], channel, d, h, l));
        }
      }
    };
  }

  private static int source(
      int output, int kernel, Convolution c, ToIntFunction<Convolution.Extent> of) {
    Convolution.Window window = c.window();
    return output * of.applyAsInt(window.strides())
        + kernel * of.applyAsInt(window.dilations())
        - of.applyAsInt(window.before());
  }

  private static Shape shape(int first, int second, Convolution.Extent extent) {
    return Shape.of(first, second, extent.depth(), extent.height(), extent.width());
  }

  private static int[] coordinates(int position, Shape shape) {
    int[] strides = shape.strides();
    return IntStream.range(0, shape.rank())
        .map(axis -> position / strides[axis] % shape.dimension(axis))
        .toArray();
  }

  private static int position(Shape shape, int... coordinates) {
    int[] strides = shape.strides();
    return IntStream.range(0, strides.length).map(i -> strides[i] * coordinates[i]).sum();
  }

  private static void assertDefined(LinearMap map, int seed, Definition definition) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] weights = random.longs(map.weightCount()).toArray();
    long[] input = random.longs(map.inputCount()).toArray();
    long[] before = random.longs(map.outputCount()).toArray();
    long[] output = before.clone();
    map.accumulate(weights, input, output);
    long[] multiplications = new long[1];
    for (int y = 0; y < output.length; y++) {
      BigInteger[] sum = {BigInteger.valueOf(before[y])};
      definition.terms(
          y,
          (w, x) -> {
            BigInteger product =
                BigInteger.valueOf(weights[w]).multiply(BigInteger.valueOf(input[x]));
            sum[0] = sum[0].add(product);
            multiplications[0]++;
          });
      assertThat(output[y])
          .as("%s, seed %d, output %d", map, seed, y)
          .isEqualTo(sum[0].longValue());
    }
    assertThat(map.multiplications()).isGreaterThanOrEqualTo(multiplications[0]);
  }

  @Test
  void accumulate_otherLengths_areRefusedWithBoth() {
    for (LinearMap map : new LinearMap[] {new Dense(2, 3, 4), new Scaling(6, 2, 3)}) {
      long[] weights = new long[map.weightCount()];
      long[] input = new long[map.inputCount()];
      assertThatThrownBy(() -> map.accumulate(weights, input, new long[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("%d outputs", map.outputCount())
          .hasMessageEndingWith(", 1");
    }
  }
}
