package io.maskwire.infra.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.maskwire.infra.kept.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {
  @TempDir Path folder;

  private ProcessPlan plan(int port, Duration timeout, String... arguments) throws Exception {
    Path settings = folder.resolve("settings");
    Files.writeString(settings, "quarkus.http.host=127.0.0.1\nquarkus.http.port=" + port);
    List<String> command = new ArrayList<>();
    command.add(Programs.java().toString());
    command.add("-Dquarkus.config.locations=" + settings);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FakeFunction.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessPlan(
        "fake", command, Map.of(), folder.resolve("log"), ReadyCheck.port(port), timeout);
  }

  @Test
  void start_killed_isStartedAgainAndReported() throws Exception {
    BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    int port = FreePort.choose();
    try (SupervisedProcess process =
        SupervisedProcess.start(plan(port, Duration.ofMinutes(1)), reports::add)) {
      ProcessHandle first = process.handle();
      first.destroyForcibly();

      assertThat(reports.poll(1, TimeUnit.MINUTES)).contains("fake ended with status 137");
      assertThat(process.handle().pid()).isNotEqualTo(first.pid());
      assertThat(process.handle().isAlive()).isTrue();
    }
  }

  @Test
  void close_running_endsIt() throws Exception {
    SupervisedProcess process =
        SupervisedProcess.start(
            plan(FreePort.choose(), Duration.ofMinutes(1)), SupervisedProcessTest::unexpected);
    ProcessHandle handle = process.handle();
    assertThat(handle.isAlive()).isTrue();

    process.close();

    assertThat(handle.isAlive()).isFalse();
  }

  @Test
  void start_endsBeforeItIsReady_saysWhy() throws Exception {
    ProcessPlan plan = plan(FreePort.choose(), Duration.ofMinutes(1), "die");

    assertThatIllegalStateException()
        .isThrownBy(() -> SupervisedProcess.start(plan, SupervisedProcessTest::unexpected))
        .withMessageContaining("fake ended with status 7")
        .withMessageContaining("this is why");
  }

  private static void unexpected(String report) {
    throw new AssertionError(report);
  }
}
