package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code maskwire accuracy}: what fixed point costs, and that the secure run costs nothing more.
 */
@Command(
    name = "accuracy",
    description = "Compares float (ONNX Runtime), fixed point and secure results on many inputs.")
public final class AccuracyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL.onnx", description = "an ONNX file")
  private Path model;

  @Option(
      names = "--inputs",
      required = true,
      paramLabel = "DIR",
      description = "a folder of inputs")
  private Path inputs;

  @Mixin private CompileSettings settings;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Files.isDirectory(model)) {
      throw new IllegalArgumentException(
          model + " is a folder; only an ONNX file has floats to compare with");
    }
    List<Path> files = LoadedModel.expand(List.of(inputs));
    List<InferenceReport> reports;
    try (Progress progress = Progress.onTerminal()) {
      progress.step("compiling " + model.getFileName());
      LoadedModel loaded = LoadedModel.load(model, settings);
      reports =
          new InferenceRun(loaded, Labels.of(List.of(), loaded.program()), progress).infer(files);
    }
    InputWarnings.print(spec.commandLine().getErr(), InputWarnings.of(reports));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(toJson(reports)));
    } else {
      print(out, reports);
    }
    out.flush();
    return exact(reports) == reports.size() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static long exact(List<InferenceReport> reports) {
    return reports.stream().filter(report -> report.secure().exact()).count();
  }

  private static long agreeing(List<InferenceReport> reports) {
    return reports.stream().filter(report -> report.agrees().orElse(false)).count();
  }

  private static double[] errors(List<InferenceReport> reports) {
    return reports.stream()
        .mapToDouble(report -> report.maxAbsError().orElse(Double.NaN))
        .toArray();
  }

  private static double largest(double[] errors) {
    return Arrays.stream(errors).max().orElse(0);
  }

  private static double mean(double[] errors) {
    return Arrays.stream(errors).average().orElse(0);
  }

  private static ObjectNode toJson(List<InferenceReport> reports) {
    double[] errors = errors(reports);
    ObjectNode json = Json.object();
    json.put("inputs", reports.size());
    json.put("labelAgreement", agreeing(reports));
    json.put("bitExact", exact(reports));
    json.put("maxAbsError", largest(errors));
    json.put("meanAbsError", mean(errors));
    ArrayNode cases = json.putArray("cases");
    for (InferenceReport report : reports) {
      ObjectNode each = cases.addObject();
      each.put("input", report.input())
          .put("label", report.label())
          .put("agreesWithFloat", report.agrees().orElse(false))
          .put("bitExact", report.secure().exact())
          .put("maxAbsError", report.maxAbsError().orElse(Double.NaN));
      ArrayNode heard = each.putArray("warnings");
      report.warnings().forEach(warning -> heard.add(warning.toString()));
    }
    return json;
  }

  private static void print(PrintWriter out, List<InferenceReport> reports) {
    Table table = new Table();
    table.row("input", "label", "as float", "as fixed point", "error");
    for (InferenceReport report : reports) {
      table.row(
          report.input(),
          report.label(),
          report.agrees().orElse(false) ? "yes" : "NO",
          report.secure().exact() ? "all bits" : "NO",
          Quantities.error(report.maxAbsError().orElse(Double.NaN)));
    }
    out.print(table.text());
    double[] errors = errors(reports);
    out.printf(
        "%n%d inputs: %d labels as in floats, %d secure results equal fixed point in all bits%n",
        reports.size(), agreeing(reports), exact(reports));
    out.printf(
        "difference to floats, largest element of an output: mean %s, largest %s%n",
        Quantities.error(mean(errors)), Quantities.error(largest(errors)));
  }
}
