package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.BitWidth;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonSharesTest {
  private final NodeHash hash = NodeHash.forKey(new byte[16]);

  @ParameterizedTest
  @CsvSource({"1,1", "2,64", "3,7", "5,18", "7,36", "8,24"})
  void evaluate_smallDomain_isExhaustivelyRight(int bits, int width) {
    SplittableRandom random = new SplittableRandom(100L * bits + width);
    long size = 1L << bits;
    for (long alpha = 0; alpha < size; alpha++) {
      long[] alphas = new long[(int) size];
      Arrays.fill(alphas, alpha);
      assertLess(bits, width, alphas, LongStream.range(0, size).toArray(), random);
    }
  }

  @ParameterizedTest
  @CsvSource({"12,24", "23,36", "40,64", "62,20", "64,64"})
  void evaluate_largeDomain_isRightAtBoundaries(int bits, int width) {
    SplittableRandom random = new SplittableRandom(bits);
    BitWidth domain = BitWidth.of(bits);
    long[] alphas = random.longs(1100).map(domain::reduce).toArray();
    for (long step : new long[] {0, 1, -1, 1L << (bits - 1)}) {
      long[] points = Arrays.stream(alphas).map(a -> domain.reduce(a + step)).toArray();
      assertLess(bits, width, alphas, points, random);
    }
    assertLess(bits, width, alphas, random.longs(1100).map(domain::reduce).toArray(), random);
  }

  @Test
  void forValues_sameNode_isAnotherHash() {
    byte[] node = new byte[16];
    byte[] first = new byte[16];
    byte[] second = new byte[16];
    hash.permute(node, first, 1);
    hash.forValues().permute(node, second, 1);
    assertThat(first).isNotEqualTo(second);
  }

  private void assertLess(
      int bits, int widthBits, long[] alphas, long[] points, SplittableRandom random) {
    BitWidth width = BitWidth.of(widthBits);
    var comparison = new ComparisonShares(BitWidth.of(bits), width);
    long[] roots0 = random.longs(2L * alphas.length).toArray();
    long[] roots1 = random.longs(2L * alphas.length).toArray();
    TreeKeys keys = comparison.generateKeys(hash, alphas, roots0, roots1);
    long[] share0 = comparison.evaluate(hash, 0, keys, roots0, points);
    long[] share1 = comparison.evaluate(hash, 1, keys, roots1, points);
    for (int i = 0; i < alphas.length; i++) {
      assertThat(width.reduce(share0[i] + share1[i]))
          .as("%d bits, alpha %d, u %d", bits, alphas[i], points[i])
          .isEqualTo(Long.compareUnsigned(points[i], alphas[i]) < 0 ? 1 : 0);
    }
  }
}
