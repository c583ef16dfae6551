package io.maskwire.crypto.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BitPackingTest {
  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void pack_everyWidthAndLength_givesTheValuesBack() {
    for (int bits = 1; bits <= 64; bits++) {
      BitWidth width = BitWidth.of(bits);
      for (int count = 0; count < 70; count++) {
        long[] values = random.longs(count).toArray();
        byte[] packed = BitPacking.pack(values, width);
        assertThat(packed).hasSize((count * bits + 7) / 8);
        assertThat(BitPacking.unpack(packed, 0, count, width))
            .as("%d values of %d bits", count, bits)
            .isEqualTo(Arrays.stream(values).map(width::reduce).toArray());
      }
    }
  }

  @Test
  void pack_everyWidth_isTheLittleEndianNumber() {
    for (int bits = 1; bits <= 64; bits++) {
      BitWidth width = BitWidth.of(bits);
      long[] values = random.longs(19).toArray();
      BigInteger expected = BigInteger.ZERO;
      for (int i = values.length - 1; i >= 0; i--) {
        expected =
            expected
                .shiftLeft(bits)
                .or(new BigInteger(Long.toUnsignedString(width.reduce(values[i]))));
      }
      byte[] packed = BitPacking.pack(values, width);
      byte[] bigEndian = new byte[packed.length];
      for (int i = 0; i < packed.length; i++) {
        bigEndian[i] = packed[packed.length - 1 - i];
      }
      assertThat(new BigInteger(1, bigEndian)).as("%d bits", bits).isEqualTo(expected);
    }
  }

  @Test
  void unpack_atOffset_leavesNeighboursAlone() {
    byte[] bytes = new byte[40];
    Arrays.fill(bytes, (byte) 0x5a);
    BitPacking.pack(new long[] {1, 2, 3}, BitWidth.of(37), bytes, 5);
    assertThat(Arrays.copyOf(bytes, 5)).containsOnly(0x5a);
    assertThat(Arrays.copyOfRange(bytes, 5 + 14, 40)).containsOnly(0x5a);
    assertThat(BitPacking.unpack(bytes, 5, 3, BitWidth.of(37))).containsExactly(1, 2, 3);
  }

  @Test
  void unpack_tooFewBytes_isRefused() {
    assertThatThrownBy(() -> BitPacking.unpack(new byte[7], 0, 2, BitWidth.of(32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need 8 bytes");
    assertThatThrownBy(() -> BitPacking.pack(new long[2], BitWidth.of(32), new byte[8], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
