package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.bench.StartupBench;
import io.maskwire.cli.bench.StartupTime;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of {@code maskwire bench --startup}, and what it prints. */
final class StartupBenchSettings {
  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "with --startup: starts of each function (default: ${DEFAULT-VALUE})")
  private int runs = 5;

  /** Measures and prints. */
  int run(CommandLine line, boolean json) throws IOException, InterruptedException {
    if (runs < 1) {
      throw new ParameterException(line, "--runs is at least 1, not " + runs);
    }
    List<StartupTime> times;
    try (Progress progress = Progress.onTerminal()) {
      times = new StartupBench(runs, progress::step).run();
    }
    PrintWriter out = line.getOut();
    if (json) {
      out.println(Json.text(toJson(times)));
    } else {
      print(out, times);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private ObjectNode toJson(List<StartupTime> times) {
    ObjectNode json = Json.object().put("runs", runs);
    ObjectNode functions = json.putObject("functions");
    for (StartupTime time : times) {
      functions
          .putObject(time.instance())
          .put("readyMillisMedian", Json.rounded(time.ready().median()))
          .put("readyMillisWorst", Json.rounded(time.ready().worst()))
          .put("processorMillisMedian", Json.rounded(time.processor().median()))
          .put("processorMillisWorst", Json.rounded(time.processor().worst()))
          .put("startedMillisMedian", Json.rounded(time.started().median()))
          .put("startedMillisWorst", Json.rounded(time.started().worst()));
    }
    return json;
  }

  private void print(PrintWriter out, List<StartupTime> times) {
    out.println(
        "Each function alone, medians and worst of %d starts: from process start to ready,\nprocessor time until then, and what Quarkus says of itself"
            .formatted(runs));
    out.println();
    Table table = new Table().row("Function", "ready", "worst", "CPU", "worst", "Quarkus", "worst");
    for (StartupTime time : times) {
      table.row(
          "  " + time.instance(),
          Quantities.millis(time.ready().median()),
          Quantities.millis(time.ready().worst()),
          Quantities.millis(time.processor().median()),
          Quantities.millis(time.processor().worst()),
          Quantities.millis(time.started().median()),
          Quantities.millis(time.started().worst()));
    }
    out.print(table.text());
  }
}
