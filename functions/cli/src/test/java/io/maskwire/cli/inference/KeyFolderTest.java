package io.maskwire.cli.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys on disk: claimed once, erased after use, whole or not there. */
class KeyFolderTest {
  private static final int RIVALS = 8;

  @TempDir private Path root;
  private final Program program = relu();
  private final ProgramId id = ProgramCodec.idOf(ProgramCodec.encode(program));
  private KeyFolder keys;
  private SessionId first;
  private SessionId second;

  private static Program relu() {
    Wire.Masked x = new Wire.Masked(0, 3, BitWidth.of(20));
    Wire.Shared y = new Wire.Shared(1, 3, BitWidth.of(16));
    Gate gate = new Gate.ReluTruncate(x, new Truncation(BitWidth.of(16), 4, true), y);
    Shape shape = Shape.of(3);
    return new Program(
        "relu",
        "1",
        Program.Reveal.USER,
        List.of(new Program.Input("x", shape, 0, 1000, x)),
        List.of(),
        List.of(new Program.Step("relu", gate)),
        List.of(new Program.Output("y", shape, 4, Program.Finish.NONE, 0, y)));
  }

  @BeforeEach
  void deal() throws IOException {
    keys = new KeyFolder(root);
    List<SessionId> sessions = keys.deal(program, id, 2, new SecureRandom());
    first = sessions.get(0);
    second = sessions.get(1);
  }

  /** Names of the files that {@code reader} has, without the version's. */
  private List<String> files(String reader) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(reader))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("version.bin"))
          .sorted()
          .toList();
    }
  }

  @Test
  void claim_rivalsWithOtherInputs_oneWins() throws Exception {
    CyclicBarrier start = new CyclicBarrier(RIVALS);
    List<byte[]> won = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(RIVALS)) {
      List<Callable<Boolean>> rivals = new ArrayList<>();
      for (int i = 0; i < RIVALS; i++) {
        byte[] input = {(byte) i};
        rivals.add(
            () -> {
              start.await();
              return claims(input);
            });
      }
      List<Future<Boolean>> outcomes = threads.invokeAll(rivals);
      for (int i = 0; i < RIVALS; i++) {
        if (outcomes.get(i).get()) {
          won.add(new byte[] {(byte) i});
        }
      }
    }

    assertThat(won).hasSize(1);
    assertThat(claims(won.getFirst())).as("the same input again").isTrue();
    assertThat(files("party0")).as("nothing is left over").hasSize(3);
  }

  private SessionRecord claim(Role role, byte[] input) throws IOException {
    return keys.claim(
        role, first, new SessionRecord.Claim(Sha256.of(input), Sha256.of(new byte[] {9}), 1));
  }

  private boolean claims(byte[] input) throws IOException {
    try {
      claim(Role.PARTY_0, input).close();
      return true;
    } catch (ProtocolException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.SESSION_CLAIMED);
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void erase_usedSession_keepsItsClaimAndTheOtherSession(Role role) throws IOException {
    try (SessionRecord record = claim(role, new byte[] {1})) {
      keys.erase(role, first);
      record.end();
    }

    String own = "party" + role.index();
    assertThat(files(own)).containsExactlyInAnyOrder(first + ".claim", second + ".bin");
    assertThat(files("common")).containsExactly(second + ".bin");
    assertThat(files("user").contains(first + ".bin")).isEqualTo(role == Role.PARTY_0);
    assertThat(files("user")).contains(second + ".bin");
    assertThat(keys.firstUnused(role)).contains(second);
    assertThatThrownBy(() -> keys.verify(role, program, id, first))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("used up");
    assertThat(root.resolve(own).resolve(first + ".claim")).hasSize(64);
    assertThatThrownBy(() -> claim(role, new byte[] {2})).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> claim(role, new byte[] {1}))
        .as("keys that came back from a copy")
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("is over");
  }

  @Test
  void deal_anyReader_foldersAndFilesAreTheirUsersAlone() throws IOException {
    Path fresh = root.resolve("fresh").resolve("keys");

    new KeyFolder(fresh).deal(program, id, 1, new SecureRandom());

    try (Stream<Path> all = Files.walk(fresh)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void deal_thatFails_leavesNothingOfTheSession() throws IOException {
    List<String> before = files("common");
    SecureRandom broken =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            throw new IllegalStateException("no entropy");
          }
        };

    assertThatThrownBy(() -> keys.deal(program, id, 1, broken)).hasMessage("no entropy");

    assertThat(files("common")).isEqualTo(before);
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries.map(entry -> String.valueOf(entry.getFileName())))
          .containsExactlyInAnyOrder("owner", "party0", "party1", "common", "user");
    }
  }
}
