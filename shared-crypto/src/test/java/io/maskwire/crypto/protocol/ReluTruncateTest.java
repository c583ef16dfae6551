package io.maskwire.crypto.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Truncation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReluTruncateTest {

  @ParameterizedTest
  @CsvSource({"2,0", "2,1", "3,2", "4,3", "5,3", "8,0", "6,2", "7,1", "8,2", "2,8"})
  void evaluate_everyInputOfSmallWidths_equalsIdeal(int value, int shift) {
    SplittableRandom random = new SplittableRandom(100L * value + shift);
    for (boolean round : new boolean[] {false, true}) {
      Truncation truncation = new Truncation(BitWidth.of(value), shift, round);
      long[] inputs = allInputs(truncation);
      for (int output : new int[] {1, value, value + 1, value + shift, value + 5, 64}) {
        for (int repetition = 0; repetition < 8; repetition++) {
          assertIdeal(truncation, output, inputs, random);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "24,12,36",
    "24,12,24",
    "32,14,46",
    "16,7,23",
    "50,14,64",
    "63,1,64",
    "8,7,15",
    "2,62,64"
  })
  void evaluate_boundariesOfLargeWidths_equalsIdeal(int value, int shift, int output) {
    SplittableRandom random = new SplittableRandom(value);
    for (boolean round : new boolean[] {false, true}) {
      Truncation truncation = new Truncation(BitWidth.of(value), shift, round);
      long least = least(truncation);
      long most = most(truncation);
      long f = 1L << shift;
      long[] inputs =
          LongStream.concat(
                  LongStream.of(
                      least,
                      least + 1,
                      most,
                      most - 1,
                      -1,
                      0,
                      1,
                      f - 1,
                      f,
                      f + 1,
                      -f,
                      -f - 1,
                      -f + 1,
                      f / 2,
                      -f / 2,
                      -f / 2 - 1),
                  LongStream.generate(() -> random.nextLong(least, most)).limit(2000))
              .filter(y -> y >= least && y <= most)
              .toArray();
      assertIdeal(truncation, output, inputs, random);
    }
  }

  @Test
  void layout_atWidth24Shift12_has393AndAHalfBytes() {
    var parameters = parameters(new Truncation(BitWidth.of(24), 12, true), 36);
    KeyLayout layout = ReluTruncate.layout(parameters);
    assertThat(layout.commonBytes(8)).isEqualTo(8 * 368);
    assertThat(layout.correctionBytes(2)).isEqualTo(51); // 25.5 bytes each
  }

  private static void assertIdeal(
      Truncation truncation, int output, long[] inputs, SplittableRandom random) {
    var parameters = parameters(truncation, output);
    TestGates gates = new TestGates(random);
    TestGates.Masked y = gates.mask(inputs, truncation.product());
    GateKeys keys = ReluTruncate.generateKeys(parameters, gates.dealer, y.mask());
    long[] opened =
        TestGates.xor(
            ReluTruncate.begin(parameters, gates.party0, keys.trees(), y.masked()),
            ReluTruncate.begin(parameters, gates.party1, keys.trees(), y.masked()));
    long[][] shares = new long[2][];
    for (Role role : Role.values()) {
      shares[role.index()] =
          ReluTruncate.finish(
              parameters,
              role,
              y.masked(),
              opened,
              gates.shares(ReluTruncate.layout(parameters), keys, role, inputs.length));
    }
    BitWidth n = BitWidth.of(output);
    long[] expected =
        Arrays.stream(inputs).map(v -> n.toSigned(ReluTruncate.ideal(parameters, v))).toArray();
    assertThat(TestGates.reveal(shares[0], shares[1], n))
        .as("%s to %s", truncation, n)
        .isEqualTo(expected);
  }

  private static ReluTruncate.Parameters parameters(Truncation truncation, int output) {
    return new ReluTruncate.Parameters(truncation, BitWidth.of(output));
  }

  /** All y with y + rho within N bits and x >= -2^(b-1) + 1. */
  private static long[] allInputs(Truncation truncation) {
    return LongStream.rangeClosed(least(truncation), most(truncation)).toArray();
  }

  private static long least(Truncation truncation) {
    int product = truncation.product().bits();
    return -(1L << (product - 1)) + (1L << truncation.shift()) - truncation.rounding();
  }

  private static long most(Truncation truncation) {
    return (1L << (truncation.product().bits() - 1)) - 1 - truncation.rounding();
  }
}
