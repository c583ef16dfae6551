package io.maskwire.cli.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One input, one set of weights, one message of the peer in each round; one process at a time. */
class SessionRecordTest {
  private static final int ROUNDS = 3;
  private static final SessionId SESSION = new SessionId(new byte[SessionId.BYTES]);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve(SESSION + ".claim");
  }

  private SessionRecord claim(String input, String weights) throws IOException {
    return SessionRecord.claim(
        file,
        SESSION,
        new SessionRecord.Claim(Sha256.of(bytes(input)), Sha256.of(bytes(weights)), ROUNDS));
  }

  private SessionRecord claim() throws IOException {
    return claim("input", "weights");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, ROUNDS - 1})
  void accept_otherMessageOfARound_isRefusedNowAndByTheNextRun(int round) throws IOException {
    try (SessionRecord record = claim()) {
      record.accept(round, bytes("first"));
      record.accept(round, bytes("first"));
      assertRefused(record, round);
    }
    try (SessionRecord next = claim()) {
      assertRefused(next, round);
      next.accept(round, bytes("first"));
    }
  }

  private static void assertRefused(SessionRecord record, int round) {
    assertThatThrownBy(() -> record.accept(round, bytes("second")))
        .isInstanceOf(RewoundException.class)
        .hasMessageContaining(SESSION.toString())
        .hasMessageContaining("round " + (round + 1));
  }

  @Test
  void accept_firstMessageOfARound_isInTheFileWhenItReturns() throws IOException {
    try (SessionRecord record = claim()) {
      byte[] before = Files.readAllBytes(file);

      record.accept(1, bytes("message"));

      byte[] expected = before.clone();
      System.arraycopy(Sha256.of(bytes("message")), 0, expected, 32 * 3, 32);
      assertThat(Files.readAllBytes(file)).isEqualTo(expected).hasSize(32 * (2 + ROUNDS));
    }
  }

  @Test
  void claim_otherInput_isRefused() throws IOException {
    claim().close();

    assertThatThrownBy(() -> claim("other", "weights"))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SESSION_CLAIMED))
        .hasMessageContaining("already serves another input");
  }

  @Test
  void claim_otherWeights_isRefused() throws IOException {
    claim().close();

    assertThatThrownBy(() -> claim("input", "other"))
        .isInstanceOf(RewoundException.class)
        .hasMessageContaining("other masked weights");
  }

  @Test
  void claim_whileAnotherRunHasIt_isRefusedUntilItEnds() throws IOException {
    try (SessionRecord running = claim()) {
      running.accept(0, bytes("first"));
      assertThatThrownBy(this::claim)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("under way in another process");
    }

    claim().close();
  }

  @Test
  void end_whateverTheRounds_leavesAShortRecordThatServesNothing() throws IOException {
    try (SessionRecord record = claim()) {
      record.accept(0, bytes("first"));
      record.end();
    }

    assertThat(file).hasSize(64);
    assertThatThrownBy(this::claim)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("is over");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33, 100})
  void claim_fileOfAnotherLength_isRefused(int length) throws IOException {
    claim().close();
    byte[] cut = Arrays.copyOf(Files.readAllBytes(file), length);
    Files.write(file, cut);

    assertThatThrownBy(this::claim)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("use another session");
  }
}
