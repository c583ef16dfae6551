package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Reason;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * An input without a result. Those beside it have theirs.
 *
 * @param file that was given
 * @param cause what is wrong with it
 */
record RefusedInput(Path file, RuntimeException cause) implements InputOutcome {
  @Override
  public String input() {
    return String.valueOf(file.getFileName());
  }

  /** What is wrong with which file, and what to do. */
  String reason() {
    return Reason.of(file, cause);
  }

  @Override
  public ObjectNode toJson() {
    return Json.object().put("input", input()).put("error", reason());
  }

  /** Names the file and the reason to people. */
  void print(PrintWriter err) {
    err.println("maskwire: " + reason());
    if (System.getenv("MASKWIRE_DEBUG") != null) {
      cause.printStackTrace(err);
    }
    err.flush();
  }
}
