package io.maskwire.infra.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to run a process.
 *
 * @param name for messages and for the name of its log
 * @param command program and arguments
 * @param environment added to this process' own; may hold secrets
 * @param log where its output goes
 * @param ready when it can be used
 * @param startTimeout after which it is given up if it is not ready
 * @param stopTimeout after which it is killed if it has not stopped
 */
public record ProcessPlan(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path log,
    ReadyCheck ready,
    Duration startTimeout,
    Duration stopTimeout) {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  public ProcessPlan {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A process that stops within seconds. */
  public ProcessPlan(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      ReadyCheck ready,
      Duration startTimeout) {
    this(name, command, environment, log, ready, startTimeout, STOP_TIMEOUT);
  }

  /** The same with more patience. */
  public ProcessPlan stoppingWithin(Duration time) {
    return new ProcessPlan(name, command, environment, log, ready, startTimeout, time);
  }

  @Override
  public String toString() {
    return "ProcessPlan[" + name + "]";
  }
}
