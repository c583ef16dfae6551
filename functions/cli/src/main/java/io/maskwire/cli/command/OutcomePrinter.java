package io.maskwire.cli.command;

import io.maskwire.cli.ExitCode;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.input.InputWarning;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints outcomes as they come, so that what ends the process later takes none of them away: texts,
 * or one JSON object, or the elements of an array where there are several inputs.
 */
final class OutcomePrinter implements AutoCloseable {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Progress progress;
  private final boolean json;
  private final boolean array;
  private final boolean alone;
  private final List<InputWarning> warnings = new ArrayList<>();
  private int printed;
  private boolean failed;

  /**
   * A printer.
   *
   * @param given what the command line names
   * @param files what that is, folders replaced by their files
   */
  OutcomePrinter(
      Streams streams, Progress progress, boolean json, List<Path> given, List<Path> files) {
    out = streams.out();
    err = streams.err();
    this.progress = progress;
    this.json = json;
    array = files.size() > 1;
    alone = given.size() == 1 && !Files.isDirectory(given.getFirst());
  }

  /**
   * Where to print.
   *
   * @param out results
   * @param err all else
   */
  record Streams(PrintWriter out, PrintWriter err) {}

  /** Prints one outcome. */
  void print(InputOutcome outcome) {
    progress.clear();
    switch (outcome) {
      case RefusedInput refused -> {
        failed = true;
        refused.print(err);
        // A single file that is refused is a command that failed, and prints no result.
        if (json && !alone) {
          element(refused);
        }
      }
      case InferenceReport report -> {
        failed |= !report.secure().exact();
        warnings.addAll(report.warnings());
        if (json) {
          element(report);
        } else {
          out.println(report.toText());
        }
      }
    }
    out.flush();
  }

  private void element(InputOutcome outcome) {
    String before = !array ? "" : printed == 0 ? "[ " : ", ";
    out.print(before + Json.text(outcome.toJson()));
    printed++;
  }

  /** Ends the array, if one has begun, and tells of doubts: once, however many inputs share one. */
  @Override
  public void close() {
    if (printed > 0) {
      out.println(array ? " ]" : "");
    }
    out.flush();
    InputWarnings.print(err, warnings);
  }

  /** Done if every input has a result that equals the fixed-point program's. */
  int exitCode() {
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }
}
