package io.maskwire.crypto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged bytes are read or refused with {@link ProtocolException}, nothing else. */
class ParserMutationTest {
  private static final int MUTATIONS = 20_000;

  @ParameterizedTest
  @EnumSource(Parsers.class)
  void read_goodBytes_areRead(Parsers parser) {
    assertThatCode(() -> parser.read(parser.good())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(value = Parsers.class, mode = EnumSource.Mode.EXCLUDE, names = "ROUND_MESSAGE")
  void read_cutAnywhere_isRefused(Parsers parser) {
    byte[] good = parser.good();
    for (int length = 0; length < good.length; length++) {
      assertThat(isRefused(parser, Arrays.copyOf(good, length), "cut at " + length))
          .as("cut at %d", length)
          .isTrue();
    }
  }

  /** The payload of a message is as long as it is; the session refuses other lengths. */
  @ParameterizedTest
  @EnumSource(value = Parsers.class, names = "ROUND_MESSAGE")
  void read_cutInFixedFields_isRefused(Parsers parser) {
    for (int length = 0; length < RoundMessage.OVERHEAD; length++) {
      assertThat(isRefused(parser, Arrays.copyOf(parser.good(), length), "cut at " + length))
          .as("cut at %d", length)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Parsers.class)
  void read_bytesChanged_isReadOrRefused(Parsers parser) {
    byte[] good = parser.good();
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] bad = mutated(good, new SplittableRandom(seed));
      if (parser.checked() && bad.length >= Integer.BYTES && seed % 4 != 0) {
        bad = ProgramFile.withChecksum(bad); // so that what stands behind the checksum is reached
      }
      refused += isRefused(parser, bad, "mutation " + seed) ? 1 : 0;
    }
    assertThat(refused).as("%s refused", parser).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Parsers.class)
  void read_noise_isReadOrRefused(Parsers parser) {
    for (int seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      isRefused(parser, noise, "noise " + seed);
    }
  }

  /** One to five changes: a byte replaced, a bit flipped, a run removed, doubled or overwritten. */
  private static byte[] mutated(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    for (int changes = random.nextInt(1, 6); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(9, bytes.length - at + 1));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = spliced(bytes, at, at + length);
        case 3 -> bytes = spliced(bytes, at + length, at);
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) 0xff);
        default -> Arrays.fill(bytes, at, at + length, (byte) 0);
      }
    }
    return bytes;
  }

  /** Bytes up to {@code end}, then those from {@code start} on. */
  private static byte[] spliced(byte[] bytes, int end, int start) {
    return new ByteWriter(bytes.length + 16)
        .putBytes(Arrays.copyOf(bytes, end))
        .putBytes(Arrays.copyOfRange(bytes, start, bytes.length))
        .toBytes();
  }

  private static boolean isRefused(Parsers parser, byte[] bytes, String what) {
    try {
      parser.read(bytes);
      return false;
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotBlank();
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(parser + ", " + what, e);
    }
  }
}
