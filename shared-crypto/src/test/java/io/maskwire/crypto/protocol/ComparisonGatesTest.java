package io.maskwire.crypto.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonGatesTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @ParameterizedTest
  @CsvSource({"2,2", "2,9", "3,3", "5,8", "7,7", "8,12", "8,64"})
  void relu_everyInputOfSmallWidths_equalsIdeal(int compared, int output) {
    assertPieces(compared, output, List.of(new Piece(1, 0)));
  }

  @Test
  void pieces_leakyClipAndAbsolute_equalIdeal() {
    assertPieces(7, 12, List.of(new Piece(3, 0), new Piece(-2, 5), new Piece(1, -4)));
    assertPieces(9, 20, List.of(new Piece(1, -20), new Piece(-1, 50)));
    assertPieces(24, 36, List.of(new Piece(1, 0), new Piece(-1, 6 << 12)));
    assertPieces(63, 64, List.of(new Piece(5, 17)));
  }

  private void assertPieces(int compared, int output, List<Piece> pieces) {
    BitWidth n = BitWidth.of(output);
    var parameters = new PiecewiseLinear.Parameters(BitWidth.of(compared), pieces, n);
    long reach = pieces.stream().mapToLong(piece -> Math.abs(piece.threshold())).max().orElse(0);
    long most = (1L << (compared - 1)) - 1 - reach;
    long[] inputs =
        compared <= 9
            ? LongStream.rangeClosed(-most, most).toArray()
            : LongStream.concat(
                    LongStream.of(-most, most, 0, 1, -1),
                    LongStream.generate(() -> random.nextLong(-most, most)).limit(500))
                .toArray();
    for (int repetition = 0; repetition < 8; repetition++) {
      TestGates gates = new TestGates(random);
      TestGates.Masked x = gates.mask(inputs, n);
      GateKeys keys = PiecewiseLinear.generateKeys(parameters, gates.dealer, x.mask());
      var tree = keys.trees().getFirst();
      long[] opened =
          TestGates.xor(
              PiecewiseLinear.begin(parameters, gates.party0, tree, x.masked()),
              PiecewiseLinear.begin(parameters, gates.party1, tree, x.masked()));
      long[][] shares = new long[2][];
      for (Role role : Role.values()) {
        var secrets = gates.shares(PiecewiseLinear.layout(parameters), keys, role, inputs.length);
        shares[role.index()] =
            PiecewiseLinear.finish(parameters, role, x.of(role), opened, secrets);
      }
      long[] expected =
          Arrays.stream(inputs)
              .map(v -> n.toSigned(PiecewiseLinear.ideal(parameters, v)))
              .toArray();
      assertThat(TestGates.reveal(shares[0], shares[1], n)).isEqualTo(expected);
    }
  }

  @Test
  void select_severalPayloads_keepsThoseWithPositiveCondition() {
    BitWidth compared = BitWidth.of(8);
    var parameters = new Select.Parameters(compared, List.of(BitWidth.of(20), BitWidth.of(6)));
    long[] conditions = LongStream.rangeClosed(-127, 127).toArray();
    long[] first = Arrays.stream(conditions).map(v -> v * 1000).toArray();
    long[] second = Arrays.stream(conditions).map(v -> (v * 31) % 30).toArray();
    TestGates gates = new TestGates(random);
    TestGates.Masked x = gates.mask(conditions, compared);
    TestGates.Masked a = gates.mask(first, BitWidth.of(20));
    TestGates.Masked b = gates.mask(second, BitWidth.of(6));
    GateKeys keys =
        Select.generateKeys(parameters, gates.dealer, x.mask(), List.of(a.mask(), b.mask()));
    var tree = keys.trees().getFirst();
    long[] opened =
        TestGates.xor(
            Select.begin(parameters, gates.party0, tree, x.masked()),
            Select.begin(parameters, gates.party1, tree, x.masked()));
    List<long[]> payloads = List.of(first, second);
    for (int j = 0; j < 2; j++) {
      BitWidth n = parameters.outputs().get(j);
      long[][] shares = new long[2][];
      for (Role role : Role.values()) {
        var secrets = gates.shares(Select.layout(parameters), keys, role, conditions.length);
        var payload = (j == 0 ? a : b).of(role);
        shares[role.index()] = Select.finish(role, j, payload, opened, secrets);
      }
      long[] expected = new long[conditions.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Select.ideal(conditions[i], payloads.get(j)[i]);
      }
      assertThat(TestGates.reveal(shares[0], shares[1], n)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,20", "3,20", "6,8", "9,36", "12,64"})
  void tableLookup_everyInput_equalsIdeal(int domain, int output) {
    BitWidth n = BitWidth.of(output);
    var parameters = new TableLookup.Parameters(BitWidth.of(domain), n);
    long[] table = random.longs(1L << domain, -1000, 1000).map(n::toSigned).toArray();
    long[] inputs =
        LongStream.range(-(1L << (domain - 1)), 1L << (domain - 1)).limit(128).toArray();
    TestGates gates = new TestGates(random);
    TestGates.Masked x = gates.mask(inputs, BitWidth.of(domain + 3));
    GateKeys keys = TableLookup.generateKeys(parameters, gates.dealer, x.mask());
    var tree = keys.trees().getFirst();
    long[] share0 = TableLookup.evaluate(parameters, gates.party0, tree, x.masked(), table);
    long[] share1 = TableLookup.evaluate(parameters, gates.party1, tree, x.masked(), table);
    long[] expected = Arrays.stream(inputs).map(v -> TableLookup.ideal(table, v)).toArray();
    assertThat(TestGates.reveal(share0, share1, n)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"8", "36", "64"})
  void multiply_boundaries_equalsIdeal(int bits) {
    BitWidth n = BitWidth.of(bits);
    long most = (long) Math.sqrt(Math.scalb(1.0, bits - 1) - 1);
    long[] left = LongStream.of(0, 1, -1, most, -most, most, 3).toArray();
    long[] right = LongStream.of(5, -1, -1, most, most, -most, 0).toArray();
    TestGates gates = new TestGates(random);
    TestGates.Masked a = gates.mask(left, n);
    TestGates.Masked b = gates.mask(right, n);
    GateKeys keys = Multiply.generateKeys(gates.dealer, n, a.mask(), b.mask());
    long[][] shares = new long[2][];
    for (Role role : Role.values()) {
      long[] secret = gates.shares(Multiply.layout(n), keys, role, left.length).getFirst();
      shares[role.index()] = Multiply.evaluate(role, a.of(role), b.of(role), secret);
    }
    assertThat(TestGates.reveal(shares[0], shares[1], n)).isEqualTo(Multiply.ideal(left, right));
  }
}
