package io.maskwire.infra.process;

import io.maskwire.infra.kept.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process that is started again when it dies, after a wait that grows while it keeps dying.
 * It is told to stop with the terminate signal, and killed if it does not in time.
 */
public final class SupervisedProcess implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(25);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration STABLE = Duration.ofSeconds(30);
  private static final int TAIL_LINES = 15;

  private final ProcessPlan plan;
  private final Consumer<String> reports;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Process process;
  private final Thread watcher;

  private SupervisedProcess(ProcessPlan plan, Consumer<String> reports) {
    this.plan = plan;
    this.reports = reports;
    process = spawn(plan);
    watcher = Thread.ofVirtual().name("watch " + plan.name()).unstarted(this::watch);
  }

  /**
   * Starts the process, and returns when it is ready.
   *
   * @param reports told when the process died and is started again
   * @throws IllegalStateException if it ends before, or is not ready in time
   */
  public static SupervisedProcess start(ProcessPlan plan, Consumer<String> reports) {
    SupervisedProcess supervised = launch(plan, reports);
    supervised.awaitReady();
    return supervised;
  }

  /** As {@link #start}, without waiting: {@link #awaitReady} must be called next. */
  public static SupervisedProcess launch(ProcessPlan plan, Consumer<String> reports) {
    return new SupervisedProcess(plan, reports);
  }

  /** Waits until the process can be used; from then on it is started again when it dies. */
  public void awaitReady() {
    long deadline = System.nanoTime() + plan.startTimeout().toNanos();
    while (!plan.ready().isReady()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "%s ended with status %d; the end of %s:%n%s"
                .formatted(plan.name(), process.exitValue(), plan.log(), tail(plan.log())));
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException(
            "%s was not ready after %d s; the end of %s:%n%s"
                .formatted(
                    plan.name(), plan.startTimeout().toSeconds(), plan.log(), tail(plan.log())));
      }
      if (waitFor(INTERVAL)) {
        throw new IllegalStateException(plan.name() + " was stopped before it was ready");
      }
    }
    watcher.start();
  }

  /** The name of the plan. */
  public String name() {
    return plan.name();
  }

  /** The process that runs now, or ran last. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  private static Process spawn(ProcessPlan plan) {
    try {
      PrivateFiles.folder(plan.log().toAbsolutePath().resolveSibling(""));
      ProcessBuilder builder =
          new ProcessBuilder(ownGroup(plan.command()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()))
              .redirectInput(ProcessBuilder.Redirect.PIPE);
      builder.environment().putAll(plan.environment());
      Process started = builder.start();
      started.getOutputStream().close();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + plan.name(), e);
    }
  }

  /** Ctrl-C reaches every process of the terminal's group; ours are to stop in order. */
  private static List<String> ownGroup(List<String> command) {
    List<String> all = new ArrayList<>();
    Programs.find("setsid").ifPresent(setsid -> all.add(setsid.toString()));
    all.addAll(command);
    return all;
  }

  private void watch() {
    Duration wait = FIRST_WAIT;
    Instant started = Instant.now();
    while (true) {
      int status = awaitEnd();
      wait = Duration.between(started, Instant.now()).compareTo(STABLE) > 0 ? FIRST_WAIT : wait;
      if (waitFor(wait)) {
        return;
      }
      started = Instant.now();
      synchronized (this) {
        if (stopping.getCount() == 0) {
          return;
        }
        process = spawn(plan);
      }
      reports.accept(
          "%s ended with status %d and was started again (its log: %s)"
              .formatted(plan.name(), status, plan.log()));
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private int awaitEnd() {
    return process.onExit().join().exitValue();
  }

  /** Waits; true if the process is to stop. */
  private boolean waitFor(Duration time) {
    try {
      return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops the process and waits until it has ended. */
  @Override
  public void close() {
    synchronized (this) {
      stopping.countDown();
    }
    process.destroy();
    try {
      if (!process.waitFor(plan.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        reports.accept(plan.name() + " does not stop: it is killed");
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(unreadable)";
    }
  }
}
