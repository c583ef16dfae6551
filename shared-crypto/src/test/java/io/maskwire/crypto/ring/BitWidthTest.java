package io.maskwire.crypto.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitWidthTest {

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65, Integer.MAX_VALUE})
  void of_outsideOf1To64_isRefused(int bits) {
    assertThatThrownBy(() -> BitWidth.of(bits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 to 64, not " + bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 31, 32, 33, 63, 64})
  void toSigned_boundaries_wrap(int bits) {
    BitWidth width = BitWidth.of(bits);
    long half = 1L << (bits - 1);
    assertThat(width.toSigned(0)).isZero();
    assertThat(width.toSigned(-1)).isEqualTo(-1);
    assertThat(width.toSigned(half - 1)).isEqualTo(half - 1);
    assertThat(width.toSigned(half)).isEqualTo(-1L << (bits - 1));
    assertThat(width.toSigned(half + half)).isZero();
    assertThat(width.reduce(-1)).isEqualTo(width.mask());
    assertThat(Long.bitCount(width.mask())).isEqualTo(bits);
    assertThat(width.reduce(half + half)).isZero();
  }

  @Test
  void packedBytes_anyCount_roundsUp() {
    assertThat(BitWidth.of(1).packedBytes(0)).isZero();
    assertThat(BitWidth.of(1).packedBytes(8)).isEqualTo(1);
    assertThat(BitWidth.of(1).packedBytes(9)).isEqualTo(2);
    assertThat(BitWidth.of(36).packedBytes(Integer.MAX_VALUE)).isEqualTo(9_663_676_412L);
    assertThatThrownBy(() -> BitWidth.of(64).packedBytes(Long.MAX_VALUE / 2))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void compareTo_widths_ordersByBits() {
    assertThat(BitWidth.of(3)).isLessThan(BitWidth.of(4)).hasToString("3 bits");
  }
}
