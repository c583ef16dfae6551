package io.maskwire.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.cli.inference.RewoundException;
import io.maskwire.crypto.wire.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session id serves once, whichever process asks. */
class UsedSessionsFileTest {
  private static final int MOST = 10;
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path root;

  private Path folder() {
    return root.resolve("state").resolve("maskwire");
  }

  private Path file() {
    return folder().resolve("used-sessions");
  }

  /** As a process that has just started has it, at {@code now}. */
  private UsedSessions process(Instant now) {
    return new UsedSessionsFile(folder(), Clock.fixed(now, ZoneOffset.UTC), MOST);
  }

  private UsedSessions process() {
    return process(NOW);
  }

  private static SessionId session(int number) {
    byte[] bytes = new byte[SessionId.BYTES];
    bytes[0] = (byte) number;
    return new SessionId(bytes);
  }

  private static void assertUsed(UsedSessions used, int number) {
    assertThatThrownBy(() -> used.use(session(number)))
        .isInstanceOf(RewoundException.class)
        .hasMessageContaining(session(number).toString())
        .hasMessageContaining("Nothing was sent");
  }

  @Test
  void use_again_isRefusedHereAndByTheNextProcess() {
    UsedSessions used = process();
    used.use(session(1));
    used.use(session(2));

    assertUsed(used, 1);
    assertUsed(process(), 1);
    assertUsed(process(NOW.plus(Duration.ofDays(29))), 2);
    process().use(session(3));
  }

  @Test
  void use_inProcess_isRefusedAgainToo() {
    UsedSessions used = UsedSessions.inProcess();
    used.use(session(1));

    assertUsed(used, 1);
    used.use(session(2));
  }

  @Test
  void use_first_makesAFileThatNobodyElseReads() throws IOException {
    process().use(session(1));

    assertThat(Files.readString(file())).isEqualTo(session(1) + " 1795867200\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void use_rivals_oneWins() throws Exception {
    int rivals = 8;
    try (ExecutorService threads = Executors.newFixedThreadPool(rivals)) {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < rivals; i++) {
        UsedSessions own = process();
        all.add(
            () -> {
              try {
                own.use(session(7));
                return true;
              } catch (RewoundException _) {
                return false;
              }
            });
      }
      int won = 0;
      for (Future<Boolean> rival : threads.invokeAll(all)) {
        won += rival.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void use_fullOfOldOnes_forgetsThose() throws IOException {
    UsedSessions before = process(NOW.minus(UsedSessionsFile.KEPT).minusSeconds(1));
    for (int i = 0; i < MOST - 1; i++) {
      before.use(session(i));
    }
    process().use(session(100));
    process().use(session(101));

    assertThat(Files.readString(file()).lines()).hasSize(2);
    assertUsed(process(), 100);
    assertUsed(process(), 101);
  }

  @Test
  void use_fullOfYoungOnes_keepsTheNewerHalf() throws IOException {
    for (int i = 0; i <= MOST; i++) {
      process().use(session(i));
    }

    assertThat(Files.readString(file()).lines()).hasSize(MOST / 2 + 1);
    for (int i = MOST / 2; i <= MOST; i++) {
      assertUsed(process(), i);
    }
  }

  @Test
  void use_afterAPowerCutInALine_goesOnBehindTheWholeLines() throws IOException {
    process().use(session(1));
    process().use(session(2));
    Files.writeString(file(), session(3) + " 17", StandardOpenOption.APPEND);

    process().use(session(3));

    assertThat(Files.readString(file()).lines()).hasSize(3);
    assertUsed(process(), 2);
    assertUsed(process(), 3);
  }

  @Test
  void use_damagedFile_isRefusedWithTheLine() throws IOException {
    process().use(session(1));
    process().use(session(2));
    String lines = Files.readString(file());
    Files.writeString(file(), "x" + lines.substring(1));

    assertThatThrownBy(() -> process().use(session(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1 of " + file());
  }

  @Test
  void use_folderThatCannotBeMade_isRefusedWithWhatToDo() throws IOException {
    Files.writeString(root.resolve("state"), "a file");

    assertThatThrownBy(() -> process().use(session(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder().toString())
        .hasMessageContaining("set XDG_STATE_HOME");
  }

  @Test
  void folder_ofEnvironment_isXdgsElseTheHomes() {
    assertThat(UsedSessionsFile.folder(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")))
        .isEqualTo(Path.of("/s/maskwire"));
    assertThat(UsedSessionsFile.folder(Map.of("XDG_STATE_HOME", "relative", "HOME", "/h")))
        .isEqualTo(Path.of("/h/.local/state/maskwire"));
    assertThat(UsedSessionsFile.folder(Map.of("HOME", "/h")))
        .isEqualTo(Path.of("/h/.local/state/maskwire"));
    assertThat(UsedSessionsFile.folder(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local", "state", "maskwire"));
  }
}
