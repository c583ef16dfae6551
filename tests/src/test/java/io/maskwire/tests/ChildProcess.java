package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code maskwire} in a process of its own, from the jars that the launcher uses. */
final class ChildProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "\0";

  private final Process process;
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;
  private final BlockingQueue<String> errLines = new LinkedBlockingQueue<>();

  private ChildProcess(Process process) {
    this.process = process;
    out = inBackground(() -> drain(process.inputReader(), line -> {}));
    err =
        inBackground(() -> drain(process.errorReader(), errLines::add))
            .whenComplete((text, failure) -> errLines.add(END));
  }

  /** Not in the common pool, which blocked readers would exhaust. */
  private static CompletableFuture<String> inBackground(Supplier<String> task) {
    return CompletableFuture.supplyAsync(
        task, reader -> Thread.ofPlatform().daemon().start(reader));
  }

  private interface LineListener {
    void line(String line);
  }

  private static String drain(BufferedReader reader, LineListener listener) {
    try (reader) {
      StringBuilder text = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
        listener.line(line);
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts {@code maskwire} with {@code arguments}. */
  static ChildProcess start(Object... arguments) {
    return startIn(Path.of(System.getProperty("java.io.tmpdir")), arguments);
  }

  /** Starts {@code maskwire}, whose temporary files go to {@code temporary}. */
  static ChildProcess startIn(Path temporary, Object... arguments) {
    return startWith(temporary, Map.of(), arguments);
  }

  /**
   * Starts {@code maskwire} with a changed environment.
   *
   * @param changes values of variables; an empty one takes the variable away
   */
  static ChildProcess startWith(Path temporary, Map<String, String> changes, Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Repository.commandLineClassPath(),
                "io.maskwire.cli.Main"));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("MASKWIRE_DEBUG");
      changes.forEach(
          (name, value) -> {
            if (value.isEmpty()) {
              builder.environment().remove(name);
            } else {
              builder.environment().put(name, value);
            }
          });
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line on the standard error stream that contains {@code words}. */
  String awaitLine(String words) {
    List<String> seen = new ArrayList<>();
    try {
      while (true) {
        String line = errLines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
          throw new AssertionError("no line with '" + words + "' after " + seen);
        }
        if (line.contains(words)) {
          return line;
        }
        seen.add(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The port that a listening party has taken. */
  int awaitPort() {
    String line = awaitLine("listening on ");
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Tells it to end, as Ctrl-C does, and returns its exit code. */
  int terminate() {
    process.destroy();
    awaitExit();
    return process.exitValue();
  }

  private void awaitExit() {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for its own end. */
  Outcome await() {
    awaitExit();
    return new Outcome(
        process.exitValue(),
        out.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join(),
        err.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
