package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs beyond a gate's precondition are refused, those at it are not. */
class RangeCheckTest {
  private static final Wire.Masked X = new Wire.Masked(0, 1, BitWidth.MAXIMUM);
  private static final Wire.Shared Y = new Wire.Shared(1, 1, BitWidth.MAXIMUM);

  @ParameterizedTest
  @CsvSource({
    // b, threshold, largest and smallest x with |x - threshold| < 2^(b-1)
    "2,0,1,-1",
    "8,0,127,-127",
    "8,-20,107,-147",
    "54,1,9007199254740992,-9007199254740990",
    "63,0,4611686018427387903,-4611686018427387903",
    "63,-2305843009213693752,2305843009213694151,-6917529027641081655",
    "64,0,9223372036854775807,-9223372036854775807"
  })
  void verify_comparisonAtItsBound_isExact(int bits, long threshold, long most, long least) {
    var gate = new Gate.PiecewiseLinear(X, BitWidth.of(bits), List.of(new Piece(1, threshold)), Y);
    assertThat(isRefused(gate, most)).isFalse();
    assertThat(isRefused(gate, least)).isFalse();
    assertThat(isRefused(gate, least - 1)).isTrue();
    if (most < Long.MAX_VALUE) {
      assertThat(isRefused(gate, most + 1)).isTrue();
    }
  }

  @Test
  void verify_differenceThatOverflows_isRefused() {
    var gate =
        new Gate.PiecewiseLinear(X, BitWidth.MAXIMUM, List.of(new Piece(1, Long.MIN_VALUE + 5)), Y);
    assertThat(isRefused(gate, 10)).isTrue();
    assertThat(isRefused(gate, -10)).isFalse();
  }

  @Test
  void verify_truncationAtItsBound_isExact() {
    var truncation = new Truncation(BitWidth.of(8), 4, true);
    var relu = new Gate.ReluTruncate(X, truncation, Y);
    // y + 8 fits 12 bits, and x >= -127
    assertThat(isRefused(relu, 2039)).isFalse();
    assertThat(isRefused(relu, 2040)).isTrue();
    assertThat(isRefused(relu, -127 * 16 - 8)).isFalse();
    assertThat(isRefused(relu, -127 * 16 - 9)).isTrue();
    var extending = new Gate.Truncate(X, truncation, Gate.Carry.OPENED, Y);
    assertThat(isRefused(extending, 126 * 16 + 7)).isFalse();
    assertThat(isRefused(extending, 127 * 16 - 8)).isTrue();
    assertThat(isRefused(extending, -2056)).isFalse();
    assertThat(isRefused(extending, -2057)).isTrue();
  }

  private static boolean isRefused(Gate gate, long x) {
    Program program =
        new Program(
            "one gate",
            "1",
            Program.Reveal.USER,
            List.of(new Program.Input("x", Shape.of(1), 0, Long.MAX_VALUE, X)),
            List.of(),
            List.of(new Program.Step("gate", gate)),
            List.of());
    List<RingTensor> input = List.of(RingTensor.copyOf(Shape.of(1), x));
    Throwable refusal = catchThrowable(() -> Plaintext.evaluate(program, List.of(), input));
    if (refusal != null) {
      assertThat(refusal)
          .isInstanceOf(RangeException.class)
          .hasMessageContaining("has values from ");
    }
    return refusal != null;
  }
}
