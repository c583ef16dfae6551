package io.maskwire.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class OtherBuildTest {
  @TempDir private Path folder;
  private Path home;
  private Path cache;

  /** A repository of two revisions whose launchers say different things. */
  @BeforeEach
  void commitTwice() throws Exception {
    home = Files.createDirectory(folder.resolve("home"));
    cache = folder.resolve("cache");
    git("init", "-q");
    commit("echo earlier");
    commit("echo later");
  }

  private void commit(String line) throws Exception {
    Path launcher = home.resolve("maskwire");
    Files.writeString(launcher, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    git("add", ".");
    git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "-q", "-m", line);
  }

  private void git(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).directory(home.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void launcher_earlierRevision_isThatOfItsCommit() throws Exception {
    Path launcher = OtherBuild.launcher(home, "HEAD~1", cache);

    assertThat(launcher).content().contains("echo earlier");
    assertThat(home.resolve("maskwire")).content().contains("echo later");
  }

  @Test
  void launcher_again_isTheOneThatIsThere() throws Exception {
    Path first = OtherBuild.launcher(home, "HEAD", cache);
    Files.createFile(first.resolveSibling("built"));

    Path second = OtherBuild.launcher(home, "HEAD", cache);

    assertThat(second).isEqualTo(first).hasSameBinaryContentAs(home.resolve("maskwire"));
    assertThat(second.resolveSibling("built")).exists();
    try (Stream<Path> kept = Files.list(cache)) {
      assertThat(kept).hasSize(1);
    }
  }

  @Test
  void launcher_unknownRevision_isRefused() {
    assertThatThrownBy(() -> OtherBuild.launcher(home, "no-such", cache))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'no-such' is no revision of " + home);
  }

  @Test
  void launcher_thatFails_isSaid() throws Exception {
    commit("exit 3");

    assertThatThrownBy(() -> OtherBuild.launcher(home, "HEAD", cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with 3");
  }
}
