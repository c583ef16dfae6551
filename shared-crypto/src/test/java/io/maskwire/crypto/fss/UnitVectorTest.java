package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.BitWidth;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitVectorTest {
  private final NodeHash hash = NodeHash.forKey(new byte[16]);

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,64", "2,16", "3,16", "3,17", "4,32", "4,33", "6,8", "8,24", "9,36", "12,36", "10,64"
  })
  void evaluate_everyAlpha_sumsToUnitVector(int domainBits, int widthBits) {
    SplittableRandom random = new SplittableRandom(31L * domainBits + widthBits);
    BitWidth width = BitWidth.of(widthBits);
    var vectors = new UnitVector(BitWidth.of(domainBits), width);
    int size = 1 << domainBits;
    int count = Math.min(size, 64);
    long[] alphas =
        size <= 64
            ? java.util.stream.LongStream.range(0, size).toArray()
            : random.longs(count, 0, size).toArray();
    long[] roots0 = random.longs(2L * count).toArray();
    long[] roots1 = random.longs(2L * count).toArray();
    TreeKeys keys = vectors.generateKeys(hash, alphas, roots0, roots1);
    var evaluator0 = vectors.evaluator(hash, 0, keys, roots0);
    var evaluator1 = vectors.evaluator(hash, 1, keys, roots1);
    long[] shares0 = new long[size];
    long[] shares1 = new long[size];
    for (int i = 0; i < count; i++) {
      evaluator0.evaluate(i, shares0);
      evaluator1.evaluate(i, shares1);
      for (int j = 0; j < size; j++) {
        assertThat(width.reduce(shares0[j] + shares1[j]))
            .as("alpha %d, element %d", alphas[i], j)
            .isEqualTo(j == alphas[i] ? 1 : 0);
      }
    }
  }
}
