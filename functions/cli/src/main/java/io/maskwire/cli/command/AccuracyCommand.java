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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
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

  private static final int COLUMNS = 80;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Files.isDirectory(model)) {
      throw new IllegalArgumentException(
          model + " is a folder; only an ONNX file has floats to compare with");
    }
    List<Path> files = LoadedModel.expand(List.of(inputs));
    List<InferenceReport> reports = new ArrayList<>();
    List<RefusedInput> refused = new ArrayList<>();
    try (Progress progress = Progress.onTerminal()) {
      progress.step("compiling " + model.getFileName());
      LoadedModel loaded = LoadedModel.load(model, settings);
      new InferenceRun(loaded, Labels.of(List.of(), loaded.program()), progress)
          .infer(
              files,
              outcome -> {
                switch (outcome) {
                  case InferenceReport report -> reports.add(report);
                  case RefusedInput bad -> {
                    progress.clear();
                    refused.add(bad);
                    bad.print(spec.commandLine().getErr());
                  }
                }
              });
    }
    InputWarnings.print(spec.commandLine().getErr(), InputWarnings.of(reports));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(toJson(reports, refused)));
    } else if (!reports.isEmpty()) {
      print(out, reports);
    }
    out.flush();
    boolean done = refused.isEmpty() && exact(reports) == reports.size();
    return done ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static long exact(List<InferenceReport> reports) {
    return reports.stream().filter(report -> report.secure().exact()).count();
  }

  private static long agreeing(List<InferenceReport> reports) {
    return reports.stream().filter(report -> report.agrees().orElse(false)).count();
  }

  /** Of the inputs whose values were compared; what was not compared counts nowhere. */
  private static double[] errors(List<InferenceReport> reports) {
    return reports.stream()
        .flatMapToDouble(report -> report.comparison().maxAbsError().stream())
        .toArray();
  }

  private static ObjectNode toJson(List<InferenceReport> reports, List<RefusedInput> refused) {
    double[] errors = errors(reports);
    ObjectNode json = Json.object();
    json.put("inputs", reports.size());
    json.put("refused", refused.size());
    json.put("compared", errors.length);
    json.put("labelAgreement", agreeing(reports));
    json.put("bitExact", exact(reports));
    put(json, "maxAbsError", Arrays.stream(errors).max());
    put(json, "meanAbsError", Arrays.stream(errors).average());
    ArrayNode cases = json.putArray("cases");
    for (InferenceReport report : reports) {
      ObjectNode entry = cases.addObject();
      entry
          .put("input", report.input())
          .put("label", report.label())
          .put("bitExact", report.secure().exact());
      report.putComparison(entry);
      ArrayNode heard = entry.putArray("warnings");
      report.warnings().forEach(warning -> heard.add(warning.toString()));
    }
    refused.forEach(each -> cases.add(each.toJson()));
    return json;
  }

  private static void put(ObjectNode json, String field, OptionalDouble value) {
    value.ifPresentOrElse(each -> json.put(field, each), () -> json.putNull(field));
  }

  private static void print(PrintWriter out, List<InferenceReport> reports) {
    Table table = new Table();
    table.row("input", "label", "as float", "as fixed point", "error");
    for (InferenceReport report : reports) {
      table.row(
          report.input(),
          report.label(),
          report.agrees().map(agreement -> agreement ? "yes" : "NO").orElse("not compared"),
          report.secure().exact() ? "all bits" : "NO",
          report.comparison().maxAbsError().stream()
              .mapToObj(Quantities::error)
              .findFirst()
              .orElse("-"));
    }
    out.print(table.text());
    double[] errors = errors(reports);
    out.printf(
        "%n%d inputs: %d labels as in floats, %d secure results equal fixed point in all bits%n",
        reports.size(), agreeing(reports), exact(reports));
    if (errors.length > 0) {
      out.printf(
          "difference to floats, largest element of an output: mean %s, largest %s%n",
          Quantities.error(Arrays.stream(errors).average().orElse(0)),
          Quantities.error(Arrays.stream(errors).max().orElse(0)));
    }
    if (errors.length < reports.size()) {
      out.printf("%d of %d not compared:%n", reports.size() - errors.length, reports.size());
      reports.stream()
          .map(report -> report.comparison().reason())
          .filter(reason -> !reason.isEmpty())
          .distinct()
          .forEach(reason -> out.print(Table.wrapped("  ", reason, COLUMNS)));
    }
  }
}
