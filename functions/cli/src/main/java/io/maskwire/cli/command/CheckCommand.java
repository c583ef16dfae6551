package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.check.BackendCase;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Quantities;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire check}: ONNX backend tests, run securely. */
@Command(
    name = "check",
    description = {
      "Runs ONNX backend test folders (model.onnx, test_data_set_*) securely.",
      "A case passes if number, names, types, shapes and values of all outputs are as expected;"
          + " one of which anything was not compared fails. Exit code 1 if one failed; unsupported"
          + " ones are counted and are no failure."
    })
public final class CheckCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "folders with cases, at any depth")
  private List<Path> folders;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<BackendCase> cases = new ArrayList<>();
    for (Path folder : folders) {
      cases.addAll(BackendCase.find(folder));
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("no model.onnx in " + folders);
    }
    SecureRandom random = new SecureRandom();
    PrintWriter out = spec.commandLine().getOut();
    List<BackendCase.Result> results = new ArrayList<>();
    try (Progress progress = Progress.onTerminal()) {
      for (BackendCase each : cases) {
        progress.step("checking", results.size(), cases.size());
        BackendCase.Result result = each.run(random);
        results.add(result);
        if (!json) {
          progress.clear();
          print(out, result);
        }
      }
    }
    if (json) {
      out.println(Json.text(toJson(results)));
    } else {
      out.printf(
          "%d passed, %d failed, %d unsupported%n",
          count(results, BackendCase.Status.PASSED),
          count(results, BackendCase.Status.FAILED),
          count(results, BackendCase.Status.UNSUPPORTED));
    }
    out.flush();
    return count(results, BackendCase.Status.FAILED) == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static long count(List<BackendCase.Result> results, BackendCase.Status status) {
    return results.stream().filter(result -> result.status() == status).count();
  }

  private static void print(PrintWriter out, BackendCase.Result result) {
    out.printf(
        "%-11s  %-48s  %s%n",
        name(result.status()),
        result.name(),
        result.maxAbsError().map(error -> "error " + Quantities.error(error)).orElse(""));
    if (!result.message().isEmpty()) {
      result.message().lines().forEach(line -> out.println("             " + line));
    }
    out.flush();
  }

  private static String name(BackendCase.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode toJson(List<BackendCase.Result> results) {
    ObjectNode json = Json.object();
    for (BackendCase.Status status : BackendCase.Status.values()) {
      json.put(name(status), count(results, status));
    }
    ArrayNode cases = json.putArray("cases");
    for (BackendCase.Result result : results) {
      ObjectNode entry = cases.addObject();
      entry.put("name", result.name());
      entry.put("status", name(result.status()));
      result
          .maxAbsError()
          .ifPresentOrElse(e -> entry.put("maxAbsError", e), () -> entry.putNull("maxAbsError"));
      result
          .bitExact()
          .ifPresentOrElse(e -> entry.put("bitExact", e), () -> entry.putNull("bitExact"));
      if (!result.message().isEmpty()) {
        entry.put("message", result.message());
      }
    }
    return json;
  }
}
