package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.BitWidth;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixParityTest {
  private final NodeHash hash = NodeHash.forKey(new byte[16]);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void evaluate_smallDomain_isExhaustivelyRight(int bits) {
    long size = 1L << bits;
    SplittableRandom random = new SplittableRandom(bits);
    for (long alpha = 0; alpha < size; alpha += bits > 8 ? 13 : 1) {
      long[] points = LongStream.range(0, size).toArray();
      long[] alphas = new long[points.length];
      Arrays.fill(alphas, alpha);
      assertLess(bits, alphas, points, random);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 23, 31, 35, 47, 63, 64})
  void evaluate_largeDomain_isRightAtBoundaries(int bits) {
    SplittableRandom random = new SplittableRandom(bits);
    long mask = BitWidth.of(bits).mask();
    int count = 1200; // more than two batches
    long[] alphas = random.longs(count).map(alpha -> alpha & mask).toArray();
    for (long step : new long[] {0, 1, -1, 128, -128, 1L << (bits - 1)}) {
      long[] points = Arrays.stream(alphas).map(alpha -> (alpha + step) & mask).toArray();
      assertLess(bits, alphas, points, random);
    }
    assertLess(bits, alphas, random.longs(count).map(u -> u & mask).toArray(), random);
    assertLess(bits, alphas, new long[count], random);
    assertLess(bits, alphas, LongStream.generate(() -> mask).limit(count).toArray(), random);
  }

  @Test
  void generateKeys_secretsDiffer_keySizesDoNot() {
    var parity = new PrefixParity(BitWidth.of(23));
    assertThat(parity.shape().keyBytes(1)).isEqualTo(16 * (23 - 7) + 16);
    assertThat(new PrefixParity(BitWidth.of(7)).shape().keyBytes(1)).isEqualTo(16);
    assertThat(new PrefixParity(BitWidth.of(5)).shape().keyBytes(1)).isEqualTo(4);
  }

  @Test
  void evaluate_keysOfOtherDomain_areRefused() {
    SplittableRandom random = new SplittableRandom(1);
    var keys =
        new PrefixParity(BitWidth.of(9))
            .generateKeys(hash, new long[1], roots(random, 1), roots(random, 1));
    assertThatThrownBy(
            () ->
                new PrefixParity(BitWidth.of(10))
                    .evaluate(hash, 0, keys, roots(random, 1), new long[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 bits");
  }

  private void assertLess(int bits, long[] alphas, long[] points, SplittableRandom random) {
    var parity = new PrefixParity(BitWidth.of(bits));
    long[] roots0 = roots(random, alphas.length);
    long[] roots1 = roots(random, alphas.length);
    TreeKeys keys = parity.generateKeys(hash, alphas, roots0, roots1);
    long[] share0 = parity.evaluate(hash, 0, keys, roots0, points);
    long[] share1 = parity.evaluate(hash, 1, keys, roots1, points);
    for (int i = 0; i < alphas.length; i++) {
      long expected = Long.compareUnsigned(points[i], alphas[i]) < 0 ? 1 : 0;
      assertThat(share0[i] ^ share1[i])
          .as("%d bits, alpha %d, u %d", bits, alphas[i], points[i])
          .isEqualTo(expected);
    }
  }

  private static long[] roots(SplittableRandom random, int count) {
    return random.longs(2L * count).toArray();
  }
}
