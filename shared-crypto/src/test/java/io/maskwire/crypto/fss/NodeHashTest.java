package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NodeHashTest {

  /** FIPS 197, appendices B and C.1: many nodes at a time, each by itself. */
  @Test
  void permute_standardsBlocks_areAes() {
    assertPermuted(
        "000102030405060708090a0b0c0d0e0f",
        "00112233445566778899aabbccddeeff",
        "69c4e0d86a7b0430d8cdb78070b4c55a");
    assertPermuted(
        "2b7e151628aed2a6abf7158809cf4f3c",
        "3243f6a8885a308d313198a2e0370734",
        "3925841d02dc09fbdc118597196a0b32");
  }

  private static void assertPermuted(String key, String plain, String cipher) {
    NodeHash hash = NodeHash.forKey(HexFormat.of().parseHex(key));
    byte[] nodes = HexFormat.of().parseHex(plain.repeat(3));
    byte[] output = new byte[nodes.length];
    hash.permute(nodes, output, 2);
    assertThat(HexFormat.of().formatHex(output)).isEqualTo(cipher.repeat(2) + "0".repeat(32));
    hash.permute(nodes, output, 3);
    assertThat(HexFormat.of().formatHex(output)).isEqualTo(cipher.repeat(3));
  }

  /** H(x) = AES(sigma(x)) xor sigma(x), sigma(hi, lo) = (hi xor lo, hi), as a tree sees it. */
  @Test
  void loadRoots_anyRoot_holdsSigmaWithTheControlBit() {
    byte[] sigma = new byte[16];
    long low = 0x1122334455667788L;
    long high = 0x99aabbccddeeff00L;
    HalfTree.loadRoots(sigma, 0, new HalfTree.Batch(0, 1, 1), new long[] {low, high}, 1);
    assertThat((long) HalfTree.WORDS.get(sigma, 0)).isEqualTo(high);
    assertThat((long) HalfTree.WORDS.get(sigma, 8)).isEqualTo((high ^ low) | 1);
  }

  @Test
  void forKey_otherLength_isRefused() {
    assertThatThrownBy(() -> NodeHash.forKey(Arrays.copyOf(new byte[16], 32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 bytes, not 32");
  }
}
