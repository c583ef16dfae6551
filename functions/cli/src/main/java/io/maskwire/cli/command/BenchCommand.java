package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.bench.Benchmarks;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code maskwire bench}: rates beside the machine's limits. */
@Command(
    name = "bench",
    description = "Measures gates and models on one thread, beside the machine's own limits.")
public final class BenchCommand implements Callable<Integer> {
  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "--millis",
      paramLabel = "N",
      description = "length of a run; each rate is the median of 7 (default: ${DEFAULT-VALUE})")
  private int millis = 200;

  @Option(
      names = "--stack",
      description = "many sessions at once through a local stack, instead of gates and models")
  private boolean stack;

  @Mixin private StackBenchSettings stackSettings;

  @Option(
      names = "--startup",
      description = "how long each function takes to start, instead of gates and models")
  private boolean startup;

  @Mixin private StartupBenchSettings startupSettings;

  @Mixin private RevisionBenchSettings revisionSettings;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (stack) {
      return stackSettings.run(spec.commandLine().getOut(), json);
    }
    if (startup) {
      return startupSettings.run(spec.commandLine(), json);
    }
    if (revisionSettings.given()) {
      return revisionSettings.run(spec.commandLine(), json);
    }
    if (millis < 1) {
      throw new ParameterException(spec.commandLine(), "--millis is at least 1, not " + millis);
    }
    Benchmarks results;
    try (Progress progress = Progress.onTerminal()) {
      results = Benchmarks.run(millis, progress::step);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(toJson(results)));
    } else {
      print(out, results);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static ObjectNode toJson(Benchmarks results) {
    ObjectNode json = Json.object();
    json.putObject("machine")
        .put("aesBlocksPerSecond", Math.round(results.machine().aesBlocksPerSecond()))
        .put("multiplyAddsPerSecond", Math.round(results.machine().multiplyAddsPerSecond()))
        .put("copyBytesPerSecond", Math.round(results.machine().copyBytesPerSecond()));
    ObjectNode gates = json.putObject("gates");
    results
        .gates()
        .forEach(
            (name, gate) ->
                gates
                    .putObject(name)
                    .put("valueWidth", gate.valueWidth())
                    .put("shift", gate.shift())
                    .put("outputWidth", gate.outputWidth())
                    .put("generatePerSecond", Math.round(gate.generatePerSecond()))
                    .put("evaluatePerSecond", Math.round(gate.evaluatePerSecond()))
                    .put("keyBytesCommon", Json.rounded(gate.keyBytesCommon()))
                    .put("keyBytesParty1", Json.rounded(gate.keyBytesParty1())));
    ObjectNode models = json.putObject("models");
    results
        .models()
        .forEach(
            (name, model) ->
                models
                    .putObject(name)
                    .put("dealMillis", Json.rounded(model.dealMillis()))
                    .put("offlineMillis", Json.rounded(model.offlineMillis()))
                    .put("onlineMillis", Json.rounded(model.onlineMillis()))
                    .put("keyBytes", model.keyBytes())
                    .put("rounds", model.rounds()));
    return json;
  }

  private static void print(PrintWriter out, Benchmarks results) {
    out.println("This machine, one thread");
    out.println();
    out.print(
        new Table()
            .row("  AES blocks", Quantities.rate(results.machine().aesBlocksPerSecond()))
            .row("  multiply-adds", Quantities.rate(results.machine().multiplyAddsPerSecond()))
            .row("  bytes copied", Quantities.rate(results.machine().copyBytesPerSecond()))
            .text());
    out.println();
    Table gates = new Table().row("Gate", "generate", "evaluate", "key bytes");
    results
        .gates()
        .forEach(
            (name, gate) ->
                gates.row(
                    "  " + name,
                    Quantities.rate(gate.generatePerSecond()),
                    Quantities.rate(gate.evaluatePerSecond()),
                    String.valueOf(Json.rounded(gate.keyBytesCommon() + gate.keyBytesParty1()))));
    out.print(gates.text());
    out.println();
    Table models = new Table().row("Model", "deal", "offline", "online", "keys", "rounds");
    results
        .models()
        .forEach(
            (name, model) ->
                models.row(
                    "  " + name,
                    Quantities.millis(model.dealMillis()),
                    Quantities.millis(model.offlineMillis()),
                    Quantities.millis(model.onlineMillis()),
                    Quantities.bytes(model.keyBytes()),
                    String.valueOf(model.rounds())));
    out.print(models.text());
  }
}
