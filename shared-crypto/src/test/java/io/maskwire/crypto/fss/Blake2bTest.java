package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Blake2bTest {

  /** RFC 7693, appendix A. */
  @Test
  void digest_abc_isTheStandards() {
    byte[] message = "abc".getBytes(StandardCharsets.US_ASCII);
    assertThat(hex(Blake2b.digest(new byte[0], message, 64)))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  /** The first of the keyed vectors that the BLAKE2 reference implementation publishes. */
  @Test
  void digest_keyedEmptyMessage_isTheReferences() {
    assertThat(hex(Blake2b.digest(counting(64), new byte[0], 64)))
        .isEqualTo(
            "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
                + "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568");
  }

  @Test
  void digest_keyed16Bytes_isPythons() {
    assertThat(hex(Blake2b.digest(counting(16), counting(16), 16)))
        .isEqualTo("5499e18053a4c5348eb72c0b6284ce34");
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
