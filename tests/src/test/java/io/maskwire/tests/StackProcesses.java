package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.stack.StackAddress;
import java.io.IOException;
import java.nio.file.Path;

/** The processes of a running stack. */
public final class StackProcesses {
  private StackProcesses() {}

  /** As {@code kill -9} does; the stack on {@code folder} starts it again. */
  public static void kill(Path folder, String name) throws IOException {
    JsonNode json = new ObjectMapper().readTree(folder.resolve(StackAddress.FILE).toFile());
    long pid = json.path("processes").path(name).path("pid").asLong();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly)).hasValue(true);
  }
}
