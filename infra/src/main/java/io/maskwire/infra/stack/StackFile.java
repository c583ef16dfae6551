package io.maskwire.infra.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.infra.kept.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The file {@code stack.json}: what runs where. There while the stack runs; clients find it by it,
 * and the next start finds processes of a stack that was killed.
 */
final class StackFile {
  private static final int KILL_SECONDS = 20;

  private final Path file;

  StackFile(Path data) {
    file = data.resolve("stack.json");
  }

  /**
   * Writes the file.
   *
   * @param addresses of the functions and of the owner's container, by name
   * @param processes by name
   */
  void write(Map<String, String> addresses, Map<String, ProcessHandle> processes) {
    JsonObject json = JsonObject.create();
    addresses.forEach(json::put);
    ObjectNode all = json.tree().putObject("processes");
    processes.forEach(
        (name, process) -> {
          ObjectNode one = all.putObject(name);
          one.put("pid", process.pid());
          process.info().startInstant().ifPresent(start -> one.put("started", start.toString()));
        });
    PrivateFiles.write(file, json.tree().toPrettyString() + "\n");
  }

  /** Ends the processes that an earlier stack left behind, and removes the file. */
  void endLeftovers() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      for (Map.Entry<String, JsonNode> one :
          JsonObject.parse(bytes, file.toString()).tree().path("processes").properties()) {
        leftover(one.getValue()).ifPresent(StackFile::kill);
      }
      remove();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The process, unless its number has been given to another one since. */
  private static Optional<ProcessHandle> leftover(JsonNode process) {
    Optional<ProcessHandle> handle = ProcessHandle.of(process.path("pid").longValue());
    String started = process.path("started").textValue();
    return handle.filter(
        one ->
            one.info().startInstant().map(Instant::toString).equals(Optional.ofNullable(started)));
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + process.pid() + " cannot be ended", e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
