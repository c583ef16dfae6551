package io.maskwire.infra.stack;

import io.maskwire.infra.broker.BrokerAccess;
import io.maskwire.infra.broker.BrokerMain;
import io.maskwire.infra.process.ProcessPlan;
import io.maskwire.infra.process.Programs;
import io.maskwire.infra.process.ReadyCheck;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the stack's Java processes are run. */
final class StackPrograms {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration WRITING_TIMEOUT = Duration.ofMinutes(5);

  /** Beside a function's jar; a build removes it. */
  private static final String CACHE = "app.aot";

  /** What a training writes; whoever ran it makes it the cache when all of it went well. */
  private static final String TRAINED = CACHE + ".trained";

  private final Path home;
  private final Path logs;
  private final boolean training;

  /**
   * Programs of the checkout {@code home}.
   *
   * @param training whether functions write what they have loaded and compiled when they stop, for
   *     later starts (JEP 514 and 515)
   */
  StackPrograms(Path home, Path logs, boolean training) {
    this.home = home;
    this.logs = logs;
    this.training = training;
  }

  Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** The broker, from this process' own class path. */
  ProcessPlan broker(BrokerAccess access, Path folder) {
    List<String> command = java(256);
    command.add("-XX:SharedArchiveFile=" + folder.resolveSibling("broker.jsa"));
    command.add("-XX:+AutoCreateSharedArchive");
    command.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:aot=off"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BrokerMain.class.getName(), folder.toString()));
    return new ProcessPlan(
        "broker", command, Map.of(), log("broker"), ReadyCheck.port(access.port()), START_TIMEOUT);
  }

  /** An instance of a function, with its settings in the file {@code settings}. */
  ProcessPlan function(FunctionInstance instance, Path settings, String url) {
    Path jar = jar(instance);
    List<String> command = java(instance.heapMebibytes());
    boolean recording = training && instance.isFirstOfFunction();
    Path cache = jar.resolveSibling(CACHE);
    if (recording) {
      command.add("-XX:AOTCacheOutput=" + jar.resolveSibling(TRAINED));
    } else if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    // A cache that does not fit is not used; that is no line of the function's log.
    command.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off"));
    command.add("-Dquarkus.config.locations=" + settings);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessPlan plan =
        new ProcessPlan(
            instance.name(),
            command,
            Map.of(),
            log(instance.name()),
            ReadyCheck.http(URI.create(url + "/q/health/ready")),
            START_TIMEOUT);
    return recording ? plan.stoppingWithin(WRITING_TIMEOUT) : plan;
  }

  /**
   * The runnable jar of a function.
   *
   * @throws IllegalStateException if it was not built
   */
  Path jar(FunctionInstance instance) {
    Path jar =
        home.resolve("functions")
            .resolve(instance.function())
            .resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "%s is not there: build the function '%s' first (./mvnw -pl functions/%2$s -am package)"
              .formatted(jar, instance.function()));
    }
    return jar;
  }

  /**
   * A small young generation is reused while it is warm, and huge pages are few: on virtual
   * machines the first touch of a page costs far more than the computation on it. Compilers give
   * way to what is started: half of a start's processor time is theirs.
   */
  private static List<String> java(int heapMebibytes) {
    List<String> command = new ArrayList<>();
    command.add(Programs.java().toString());
    command.add("-Xmx" + heapMebibytes + "m");
    command.addAll(
        List.of(
            "-Xmn64m",
            "-XX:+UseSerialGC",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseTransparentHugePages",
            "-XX:ThreadPriorityPolicy=1",
            "-XX:CompilerThreadPriority=5",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    return command;
  }
}
