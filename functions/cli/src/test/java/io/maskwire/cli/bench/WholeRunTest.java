package io.maskwire.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class WholeRunTest {
  @TempDir private Path folder;

  private Path launcher(String line) throws IOException {
    Path launcher = folder.resolve("launcher");
    Files.writeString(launcher, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void of_exactRun_hasItsTimes() throws Exception {
    Path launcher =
        launcher(
            "echo '{\"bitExact\": '$1', \"millis\": {\"deal\": 1, \"offline\": 2, \"online\": 3}}'");

    WholeRun run = WholeRun.of(launcher, List.of("true"));

    assertThat(run.dealMillis()).isEqualTo(1);
    assertThat(run.offlineMillis()).isEqualTo(2);
    assertThat(run.onlineMillis()).isEqualTo(3);
    assertThat(run.wallMillis()).isPositive();
  }

  @Test
  void of_runThatIsNotExact_countsNothing() throws Exception {
    Path launcher = launcher("echo '{\"bitExact\": false}'");

    assertThatThrownBy(() -> WholeRun.of(launcher, List.of("infer")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bitExact false");
  }

  @Test
  void of_runThatFails_saysSo() throws Exception {
    Path launcher = launcher("exit 4");

    assertThatThrownBy(() -> WholeRun.of(launcher, List.of("infer", "x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("infer x' ended with 4");
  }
}
