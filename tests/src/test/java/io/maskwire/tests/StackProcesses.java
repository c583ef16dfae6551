package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.stack.StackAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of a running stack. */
public final class StackProcesses {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StackProcesses() {}

  /** The process {@code name} of the stack on {@code folder}, if it is there. */
  public static Optional<ProcessHandle> find(Path folder, String name) throws IOException {
    JsonNode json = JSON.readTree(folder.resolve(StackAddress.FILE).toFile());
    return ProcessHandle.of(json.path("processes").path(name).path("pid").asLong(-1));
  }

  /** As {@code kill -9} does; the stack on {@code folder} starts it again. */
  public static void kill(Path folder, String name) throws IOException {
    assertThat(find(folder, name).map(ProcessHandle::destroyForcibly)).hasValue(true);
  }
}
