package io.maskwire.crypto.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.fss.ModelHash;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.vectors.VectorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole gates agree with the executable model of the protocol in every bit: correction words,
 * corrections, both parties' messages, openings and output shares. Of table lookups only the result
 * is compared: they run on another tree than the model's.
 */
class ModelAgreementTest {
  private static final List<VectorFile.Case> CASES = VectorFile.read("gates.txt");

  static Stream<VectorFile.Case> reluTruncations() {
    return CASES.stream().filter(vector -> vector.is("reluTruncate"));
  }

  static Stream<VectorFile.Case> truncations() {
    return CASES.stream().filter(vector -> vector.is("truncate"));
  }

  static Stream<VectorFile.Case> piecewiseLinears() {
    return CASES.stream().filter(vector -> vector.is("piecewiseLinear"));
  }

  static Stream<VectorFile.Case> products() {
    return CASES.stream().filter(vector -> vector.is("multiply"));
  }

  static Stream<VectorFile.Case> linearLayers() {
    return CASES.stream().filter(vector -> vector.is("linear"));
  }

  static Stream<VectorFile.Case> tables() {
    return CASES.stream().filter(vector -> vector.is("table"));
  }

  @Test
  void cases_frozenFile_coversAllGates() {
    assertThat(reluTruncations()).hasSizeGreaterThan(90);
    assertThat(truncations()).hasSizeGreaterThan(80);
    assertThat(piecewiseLinears()).hasSize(6);
    assertThat(products()).hasSize(5);
    assertThat(linearLayers()).hasSize(3);
    assertThat(tables()).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("reluTruncations")
  void reluTruncate_sameRandomness_agreesInEveryBit(VectorFile.Case vector) {
    var parameters = new ReluTruncate.Parameters(truncation(vector), width(vector));
    long[] masked = vector.words("x.masked");
    GateKeys keys = ReluTruncate.generateKeys(parameters, dealer(vector), mask(vector, "x"));
    assertKeys(vector, ReluTruncate.layout(parameters), keys);
    for (Role role : Role.values()) {
      PartyContext party = party(vector, role);
      assertMessage(vector, role, ReluTruncate.begin(parameters, party, keys.trees(), masked));
      List<long[]> shares = shares(vector, role, ReluTruncate.layout(parameters), keys);
      long[] opened = vector.words("opened");
      assertResult(vector, role, ReluTruncate.finish(parameters, role, masked, opened, shares));
    }
  }

  @ParameterizedTest
  @MethodSource("truncations")
  void truncate_sameRandomness_agreesInEveryBit(VectorFile.Case vector) {
    var parameters = new Truncate.Parameters(truncation(vector), width(vector));
    long[] masked = vector.words("x.masked");
    GateKeys keys = Truncate.generateKeys(parameters, dealer(vector), mask(vector, "x"));
    assertKeys(vector, Truncate.layout(parameters), keys);
    for (Role role : Role.values()) {
      PartyContext party = party(vector, role);
      assertMessage(vector, role, Truncate.begin(parameters, party, keys.trees(), masked));
      List<long[]> shares = shares(vector, role, Truncate.layout(parameters), keys);
      long[] opened = vector.words("opened");
      assertResult(vector, role, Truncate.finish(parameters, role, masked, opened, shares));
    }
  }

  @ParameterizedTest
  @MethodSource("piecewiseLinears")
  void piecewiseLinear_sameRandomness_agreesInEveryBit(VectorFile.Case vector) {
    long[] slopes = vector.words("slopes");
    long[] thresholds = vector.words("thresholds");
    List<Piece> pieces = new ArrayList<>();
    for (int j = 0; j < slopes.length; j++) {
      pieces.add(new Piece(slopes[j], thresholds[j]));
    }
    var parameters =
        new PiecewiseLinear.Parameters(BitWidth.of(vector.number("b")), pieces, width(vector));
    long[] masked = vector.words("x.masked");
    GateKeys keys = PiecewiseLinear.generateKeys(parameters, dealer(vector), mask(vector, "x"));
    assertKeys(vector, PiecewiseLinear.layout(parameters), keys);
    TreeKeys tree = keys.trees().getFirst();
    for (Role role : Role.values()) {
      PartyContext party = party(vector, role);
      assertMessage(vector, role, PiecewiseLinear.begin(parameters, party, tree, masked));
      List<long[]> shares = shares(vector, role, PiecewiseLinear.layout(parameters), keys);
      long[] opened = vector.words("opened");
      assertResult(
          vector,
          role,
          PiecewiseLinear.finish(parameters, role, operand(vector, "x", role), opened, shares));
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void multiply_sameRandomness_agreesInEveryBit(VectorFile.Case vector) {
    KeyLayout layout = Multiply.layout(width(vector));
    GateKeys keys =
        Multiply.generateKeys(dealer(vector), width(vector), mask(vector, "a"), mask(vector, "b"));
    assertKeys(vector, layout, keys);
    for (Role role : Role.values()) {
      Multiply.Operand a = operand(vector, "a", role);
      Multiply.Operand b = operand(vector, "b", role);
      long[] products = shares(vector, role, layout, keys).getFirst();
      assertResult(vector, role, Multiply.evaluate(role, a, b, products));
    }
  }

  @ParameterizedTest
  @MethodSource("linearLayers")
  void linearLayer_sameRandomness_agreesInEveryBit(VectorFile.Case vector) {
    var map = new Dense(vector.number("rows"), vector.number("inner"), vector.number("outputs"));
    KeyLayout layout = LinearLayer.layout(width(vector));
    long[] weightMask = mask(vector, "weights");
    long[] products = LinearLayer.ideal(map, weightMask, mask(vector, "x"));
    GateKeys keys = LinearLayer.generateKeys(dealer(vector), width(vector), products);
    assertKeys(vector, layout, keys);
    for (Role role : Role.values()) {
      long[] base =
          LinearLayer.prepare(
              map,
              vector.words("weights.masked"),
              operand(vector, "x", role).mask(),
              shares(vector, role, layout, keys).getFirst());
      long[] bias = share(vector, "bias", role);
      for (int i = 0; i < base.length; i++) {
        base[i] += bias[i];
      }
      long[] weights = share(vector, "weights", role);
      assertResult(
          vector, role, LinearLayer.evaluate(map, weights, vector.words("x.masked"), base));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void tableLookup_sameMaskedInput_givesTheModelsResult(VectorFile.Case vector) {
    var parameters = new TableLookup.Parameters(BitWidth.of(vector.number("m")), width(vector));
    TestGates gates = new TestGates(new SplittableRandom(1));
    TreeKeys keys =
        TableLookup.generateKeys(parameters, gates.dealer, mask(vector, "x")).trees().getFirst();
    long[] masked = vector.words("x.masked");
    long[] entries = vector.words("entries");
    long[] expected = TestGates.add(vector.words("result0"), vector.words("result1"));
    assertThat(
            TestGates.reveal(
                TableLookup.evaluate(parameters, gates.party0, keys, masked, entries),
                TableLookup.evaluate(parameters, gates.party1, keys, masked, entries),
                width(vector)))
        .isEqualTo(Arrays.stream(expected).map(width(vector)::toSigned).toArray());
  }

  private static void assertKeys(VectorFile.Case vector, KeyLayout layout, GateKeys keys) {
    assertThat(keys.trees()).hasSameSizeAs(layout.trees());
    for (int i = 0; i < keys.trees().size(); i++) {
      TreeKeys tree = keys.trees().get(i);
      assertThat(tree.levels().toArray())
          .as("levels %d", i)
          .isEqualTo(vector.words("tree" + i + ".levels"));
      assertThat(tree.leaves()).as("leaves %d", i).isEqualTo(vector.words("tree" + i + ".leaves"));
    }
    assertThat(vector.has("tree" + keys.trees().size() + ".leaves")).isFalse();
    assertThat(keys.corrections()).hasSameSizeAs(layout.secrets());
    for (int part = 0; part < keys.corrections().size(); part++) {
      assertThat(keys.corrections().get(part))
          .as("correction %d", part)
          .isEqualTo(vector.words("correction." + part));
    }
    assertThat(vector.has("correction." + keys.corrections().size())).isFalse();
  }

  private static void assertMessage(VectorFile.Case vector, Role role, long[] message) {
    assertThat(message).as("%s", role).isEqualTo(vector.words("message" + role.index()));
  }

  private static void assertResult(VectorFile.Case vector, Role role, long[] result) {
    assertThat(Arrays.stream(result).map(width(vector)::reduce).toArray())
        .as("%s", role)
        .isEqualTo(vector.words("result" + role.index()));
  }

  private static Truncation truncation(VectorFile.Case vector) {
    return new Truncation(
        BitWidth.of(vector.number("b")), vector.number("f"), vector.number("round") == 1);
  }

  private static BitWidth width(VectorFile.Case vector) {
    return BitWidth.of(vector.number("n"));
  }

  private static long[] mask(VectorFile.Case vector, String name) {
    return TestGates.add(vector.words(name + ".mask0"), vector.words(name + ".mask1"));
  }

  private static Multiply.Operand operand(VectorFile.Case vector, String name, Role role) {
    return new Multiply.Operand(
        vector.words(name + ".masked"), vector.words(name + ".mask" + role.index()));
  }

  /** (p == 0 ? v^ : 0) - r_vp. */
  private static long[] share(VectorFile.Case vector, String name, Role role) {
    long[] share = vector.words(name + ".masked");
    long[] mask = vector.words(name + ".mask" + role.index());
    for (int i = 0; i < share.length; i++) {
      share[i] = (role == Role.PARTY_0 ? share[i] : 0) - mask[i];
    }
    return share;
  }

  private static DealerContext dealer(VectorFile.Case vector) {
    return new DealerContext(
        ModelHash.of(vector.words("hashKey")),
        new RecordedRandomness(vector, 0),
        new RecordedRandomness(vector, 1));
  }

  private static PartyContext party(VectorFile.Case vector, Role role) {
    return new PartyContext(
        role, ModelHash.of(vector.words("hashKey")), new RecordedRandomness(vector, role.index()));
  }

  private static List<long[]> shares(
      VectorFile.Case vector, Role role, KeyLayout layout, GateKeys keys) {
    int count = vector.words("result0").length;
    return role == Role.PARTY_0
        ? layout.expandShares(party(vector, role), count)
        : keys.corrections();
  }
}
