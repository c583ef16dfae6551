package io.maskwire.crypto.ir;

import static io.maskwire.crypto.ir.Wires.masked;
import static io.maskwire.crypto.ir.Wires.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates that make no sense are refused with what is there and what is needed. */
class GateTest {
  private final Wire.Masked x = masked(0, 4, 20);
  private final Wire.Shared y = shared(1, 4, 20);

  @Test
  void combine_wrongTerms_areRefused() {
    assertRefused(() -> new Gate.Combine(List.of(), 0, y), "at least one term");
    assertRefused(() -> combine(masked(2, 3, 20), y), "3 and 4");
    assertRefused(() -> combine(masked(2, 4, 19), y), "wire 2 has 19 bits, its consumer needs 20");
    assertRefused(() -> combine(y, masked(2, 4, 20)), "masked terms only");
  }

  private static Gate combine(Wire term, Wire output) {
    return new Gate.Combine(List.of(new Gate.Combine.Term(term, 1)), 0, output);
  }

  @Test
  void gather_wrongSources_areRefused() {
    IndexMap map = IndexMap.takeOwnershipOf(new int[] {0, 4});
    assertRefused(() -> new Gate.Gather(List.of(), map, masked(2, 2, 20)), "at least one source");
    assertRefused(
        () -> new Gate.Gather(List.of(x), map, masked(2, 2, 20)), "index 4 of 4 elements");
    assertRefused(
        () -> new Gate.Gather(List.of(x, x), map, masked(2, 3, 20)),
        "map of 2 elements for a wire of 3");
    assertRefused(() -> new Gate.Gather(List.of(x, x), map, shared(2, 2, 20)), "all shared");
    assertRefused(() -> new Gate.Gather(List.of(x, x), map, masked(2, 2, 21)), "needs 21 bits");
  }

  @Test
  void indexMap_wrongIndices_areRefused() {
    assertRefused(() -> IndexMap.sums(new int[] {0, 1, 2}, 2), "3 indices");
    assertRefused(() -> IndexMap.sums(new int[0], 1), "0 indices");
    assertRefused(() -> IndexMap.sums(new int[] {1}, 0), "groups of 0");
    assertRefused(() -> IndexMap.sums(new int[] {1, 2}, Integer.MAX_VALUE), "2147483647");
    assertRefused(() -> IndexMap.takeOwnershipOf(new int[] {0, -2}), "negative index -2");
    IndexMap map = IndexMap.sums(new int[] {3, IndexMap.NOTHING, 0, 7}, 2);
    assertThat(map.outputCount()).isEqualTo(2);
    assertThat(map.largest()).isEqualTo(7);
  }

  @Test
  void linear_mapOfOtherLengths_isRefused() {
    var map = new Dense(1, 4, 3);
    assertRefused(
        () -> new Gate.Linear(x, map, 0, Optional.empty(), y),
        "map 4 -> 3 between wires of 4 and 4 elements");
    assertRefused(
        () -> new Gate.Linear(x, map, 0, Optional.empty(), shared(2, 3, 21)), "needs 21 bits");
    assertRefused(() -> new Gate.Bias(0, 0), "not 0");
  }

  @ParameterizedTest
  @CsvSource({"7,3,2", "7,3,3", "6,2,1", "5,1,9", "5,2147483647,2", "4,2147483646,3"})
  void add_biasOfAnyRun_isTheDefinition(int outputs, int inner, int values) {
    long[] bias = new long[values];
    for (int i = 0; i < values; i++) {
      bias[i] = 10L * (i + 1);
    }
    long[] sum = new long[outputs];
    new Gate.Bias(0, inner).add(bias, sum);
    for (int i = 0; i < outputs; i++) {
      assertThat(sum[i]).as("output %d", i).isEqualTo(bias[i / inner % values]);
    }
  }

  @Test
  void multiplyAndOpen_narrowOrOtherLength_areRefused() {
    assertRefused(() -> new Gate.Multiply(x, masked(2, 4, 19), y), "wire 2 has 19 bits");
    assertRefused(() -> new Gate.Multiply(masked(2, 5, 20), x, y), "5 and 4");
    assertRefused(() -> new Gate.Open(y, masked(2, 4, 21)), "needs 21 bits");
    assertRefused(() -> new Gate.Open(y, masked(2, 3, 20)), "4 and 3");
  }

  @Test
  void comparisons_impossibleWidths_areRefused() {
    List<Piece> pieces = List.of(new Piece(1, 0));
    assertRefused(
        () -> new Gate.PiecewiseLinear(x, BitWidth.of(8), List.of(), y), "at least one piece");
    assertRefused(() -> new Gate.PiecewiseLinear(x, BitWidth.of(1), pieces, y), "at least 2 bits");
    assertRefused(
        () -> new Gate.PiecewiseLinear(x, BitWidth.of(11), pieces, shared(2, 4, 10)),
        "comparison of 11 bits on a wire of 10 bits");
    assertRefused(
        () -> new Gate.Select(x, BitWidth.of(8), List.of(x), List.of()),
        "1 payloads and 0 results");
    assertRefused(
        () -> new Gate.Select(x, BitWidth.of(21), List.of(x), List.of(y)), "needs 21 bits");
  }

  @Test
  void truncations_impossibleWidths_areRefused() {
    assertRefused(() -> new Truncation(BitWidth.of(1), 3, true), "1 bits after a shift of 3");
    assertRefused(() -> new Truncation(BitWidth.of(60), 5, true), "60 bits after a shift of 5");
    assertRefused(() -> new Truncation(BitWidth.of(60), -1, true), "shift of -1");
    var wide = new Truncation(BitWidth.of(12), 9, true);
    assertRefused(() -> new Gate.ReluTruncate(x, wide, y), "wire 0 has 20 bits");
    assertRefused(() -> new Gate.Truncate(x, wide, Gate.Carry.OPENED, y), "needs 21 bits");
    var none = new Truncation(BitWidth.of(12), 0, true);
    assertRefused(() -> new Gate.Truncate(x, none, Gate.Carry.OPENED, y), "drops at least one bit");
    var fitting = new Truncation(BitWidth.of(12), 8, true);
    assertRefused(() -> new Gate.Truncate(x, fitting, Gate.Carry.SHARED, y), "at most 12 bits");
  }

  @Test
  void table_wrongEntries_areRefused() {
    assertRefused(() -> LookupTable.takeOwnershipOf(new long[3]), "not 3");
    assertRefused(() -> LookupTable.takeOwnershipOf(new long[1]), "not 1");
    assertRefused(() -> LookupTable.takeOwnershipOf(new long[1 << 17]), "not 131072");
    var table = LookupTable.takeOwnershipOf(new long[1 << 8]);
    assertRefused(() -> new Gate.Table(masked(2, 4, 7), table, y), "wire 2 has 7 bits");
  }

  @Test
  void wire_withoutElementsOrId_isRefused() {
    assertRefused(() -> masked(-1, 4, 8), "id -1, count 4");
    assertRefused(() -> shared(1, 0, 8), "id 1, count 0");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
