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
 */
public record ProcessPlan(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path log,
    ReadyCheck ready,
    Duration startTimeout) {
  public ProcessPlan {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "ProcessPlan[" + name + "]";
  }
}
