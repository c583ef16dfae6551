package io.maskwire.crypto.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Truncation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncateTest {

  @ParameterizedTest
  @CsvSource({"2,1", "3,2", "4,3", "5,3", "8,2", "4,8", "7,1"})
  void evaluate_everyInputOfSmallWidths_equalsIdeal(int value, int shift) {
    SplittableRandom random = new SplittableRandom(10L * value + shift);
    for (boolean round : new boolean[] {false, true}) {
      Truncation truncation = new Truncation(BitWidth.of(value), shift, round);
      for (int output : new int[] {1, value - 1, value, value + 1, value + 5, 64}) {
        long[] inputs =
            LongStream.range(least(truncation), most(truncation, output > value) + 1).toArray();
        for (int repetition = 0; repetition < 8; repetition++) {
          assertIdeal(truncation, output, inputs, random);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"24,12,36", "24,12,24", "24,16,24", "50,14,64", "63,1,64", "2,62,64", "30,9,20"})
  void evaluate_boundariesOfLargeWidths_equalsIdeal(int value, int shift, int output) {
    SplittableRandom random = new SplittableRandom(value);
    for (boolean round : new boolean[] {false, true}) {
      Truncation truncation = new Truncation(BitWidth.of(value), shift, round);
      long least = least(truncation);
      long most = most(truncation, output > value);
      long f = 1L << shift;
      long[] inputs =
          LongStream.concat(
                  LongStream.of(least, least + 1, most, most - 1, -1, 0, 1, f - 1, f, -f, -f - 1),
                  LongStream.generate(() -> random.nextLong(least, most)).limit(200))
              .filter(y -> y >= least && y <= most)
              .toArray();
      assertIdeal(truncation, output, inputs, random);
    }
  }

  @Test
  void localLayout_outputWiderThanValue_isRefused() {
    var parameters =
        new Truncate.Parameters(new Truncation(BitWidth.of(24), 12, true), BitWidth.of(25));
    assertThatThrownBy(() -> LocalTruncate.layout(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use Truncate");
  }

  private static void assertIdeal(
      Truncation truncation, int output, long[] inputs, SplittableRandom random) {
    var parameters = new Truncate.Parameters(truncation, BitWidth.of(output));
    TestGates gates = new TestGates(random);
    TestGates.Masked y = gates.mask(inputs, truncation.product());
    BitWidth n = BitWidth.of(output);
    long[] expected =
        Arrays.stream(inputs).map(v -> n.toSigned(Truncate.ideal(parameters, v))).toArray();
    assertThat(exchanged(parameters, gates, y)).as("%s to %s", truncation, n).isEqualTo(expected);
    if (output <= truncation.value().bits()) {
      assertThat(local(parameters, gates, y)).as("%s to %s", truncation, n).isEqualTo(expected);
    }
  }

  private static long[] exchanged(
      Truncate.Parameters parameters, TestGates gates, TestGates.Masked y) {
    GateKeys keys = Truncate.generateKeys(parameters, gates.dealer, y.mask());
    long[] opened =
        TestGates.xor(
            Truncate.begin(parameters, gates.party0, keys.trees(), y.masked()),
            Truncate.begin(parameters, gates.party1, keys.trees(), y.masked()));
    long[][] shares = new long[2][];
    for (Role role : Role.values()) {
      var secrets = gates.shares(Truncate.layout(parameters), keys, role, y.mask().length);
      shares[role.index()] = Truncate.finish(parameters, role, y.masked(), opened, secrets);
    }
    return TestGates.reveal(shares[0], shares[1], parameters.output());
  }

  private static long[] local(Truncate.Parameters parameters, TestGates gates, TestGates.Masked y) {
    GateKeys keys = LocalTruncate.generateKeys(parameters, gates.dealer, y.mask());
    long[][] shares = new long[2][];
    for (Role role : Role.values()) {
      var secrets = gates.shares(LocalTruncate.layout(parameters), keys, role, y.mask().length);
      shares[role.index()] =
          LocalTruncate.evaluate(
              parameters,
              role == Role.PARTY_0 ? gates.party0 : gates.party1,
              keys.trees().getFirst(),
              y.masked(),
              secrets.getFirst());
    }
    return TestGates.reveal(shares[0], shares[1], parameters.output());
  }

  private static long least(Truncation truncation) {
    return -(1L << (truncation.product().bits() - 1))
        - truncation.rounding()
        + (truncation.product().bits() == 64 ? truncation.rounding() : 0);
  }

  private static long most(Truncation truncation, boolean extending) {
    long most = (1L << (truncation.product().bits() - 1)) - 1 - truncation.rounding();
    return extending ? most - (1L << truncation.shift()) : most;
  }
}
