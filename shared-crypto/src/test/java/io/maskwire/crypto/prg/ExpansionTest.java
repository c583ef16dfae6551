package io.maskwire.crypto.prg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.BitWidth;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionTest {
  private static final byte[] KEY = HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c");

  /**
   * AES-128 under the zero key of counters 0, 1 and 2: hash key, tag and ciphertext of test cases 1
   * and 2 in McGrew and Viega, The Galois/Counter Mode of Operation, appendix B.
   */
  @Test
  void values_zeroSeed_areThePublishedCounterBlocks() {
    long[] values = Seed.copyOf(new byte[16]).expand().values(6, BitWidth.MAXIMUM);
    ByteBuffer stream = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(stream::putLong);
    assertThat(HexFormat.of().formatHex(stream.array()))
        .isEqualTo(
            "66e94bd4ef8a2c3b884cfa59ca342b2e"
                + "58e2fccefa7e3061367f1d57a4e7455a"
                + "0388dace60b6a392f328c2b971b2fe78");
  }

  /**
   * NIST SP 800-38A, F.5.1, has a counter that no expansion reaches; its block cipher calls have
   * the output blocks that F.5.1 lists, so the reference below is the standard's AES.
   */
  @Test
  void encrypt_standardsCounters_giveTheStandardsOutputBlocks() throws GeneralSecurityException {
    BigInteger counter = new BigInteger("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", 16);
    String[] blocks = {
      "ec8cdf7398607cb0f2d21675ea9ea1e4",
      "362b7c3c6773516318a077d7fc5073ae",
      "6a2cc3787889374fbeb4c81b17ba6c44",
      "e89c399ff0f198c6d40a31db156cabfe"
    };
    for (String block : blocks) {
      assertThat(HexFormat.of().formatHex(encrypted(counter))).isEqualTo(block);
      counter = counter.add(BigInteger.ONE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 13, 24, 31, 36, 57, 58, 63, 64})
  void values_anyWidth_areConsecutiveBitsOfTheCounterStream(int width)
      throws GeneralSecurityException {
    int count = 40_000; // more than two chunks
    long[] values = Seed.copyOf(KEY).expand().values(count, BitWidth.of(width));
    for (int i : new int[] {0, 1, 63, 127, 128, 16_383, 16_384, 16_385, 32_768, 39_999}) {
      assertThat(values[i]).as("value %d", i).isEqualTo(expected((long) i * width, width));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 24, 36, 64})
  void values_fromTheMiddle_areThoseOfTheWhole(int width) {
    Expansion expansion = Seed.copyOf(KEY).expand();
    long[] whole = expansion.values(20_000, BitWidth.of(width));
    for (int from : new int[] {0, 128, 4096, 16_384, 19_840}) {
      assertThat(expansion.values(from, 100, BitWidth.of(width)))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + 100));
    }
  }

  @Test
  void values_farBeyondInts_countOn() throws GeneralSecurityException {
    long from = 1L << 40;
    long[] values = Seed.copyOf(KEY).expand().values(from, 3, BitWidth.of(36));
    assertThat(values[2]).isEqualTo(expected((from + 2) * 36, 36));
  }

  @Test
  void values_fromNoBlockBoundary_isRefused() {
    Expansion expansion = Seed.copyOf(KEY).expand();
    assertThatThrownBy(() -> expansion.values(64, 1, BitWidth.of(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiples of 128, not 64");
  }

  /** {@code width} bits from bit {@code position} of the stream, from single AES calls. */
  private static long expected(long position, int width) throws GeneralSecurityException {
    BigInteger block = BigInteger.valueOf(position / 128);
    BigInteger bits = littleEndian(encrypted(block));
    bits = bits.or(littleEndian(encrypted(block.add(BigInteger.ONE))).shiftLeft(128));
    return bits.shiftRight((int) (position % 128)).longValue() & BitWidth.of(width).mask();
  }

  private static BigInteger littleEndian(byte[] block) {
    byte[] reversed = new byte[block.length];
    for (int i = 0; i < block.length; i++) {
      reversed[i] = block[block.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] encrypted(BigInteger counter) throws GeneralSecurityException {
    ByteBuffer block = ByteBuffer.allocate(16);
    block.putLong(counter.shiftRight(64).longValue()).putLong(counter.longValue());
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
    return aes.doFinal(block.array());
  }
}
