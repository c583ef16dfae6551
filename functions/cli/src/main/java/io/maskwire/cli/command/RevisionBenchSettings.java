package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.bench.RevisionBench;
import io.maskwire.cli.bench.RevisionBench.Figure;
import io.maskwire.cli.bench.RevisionBench.Workload;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import io.maskwire.cli.stack.LocalStackProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of {@code maskwire bench --against}, and what it prints. */
final class RevisionBenchSettings {
  @Option(
      names = "--against",
      paramLabel = "REV",
      description =
          "this build beside revision REV of the repository: whole inferences in turn, ratios of"
              + " time and memory")
  private @Nullable String revision;

  @Option(
      names = "--models",
      paramLabel = "NAME",
      split = ",",
      description = "with --against: ${COMPLETION-CANDIDATES} (default: all)")
  private List<Workload> models = List.of(Workload.values());

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "with --against: runs of each build (default: ${DEFAULT-VALUE})")
  private int pairs = 5;

  boolean given() {
    return revision != null;
  }

  /** Measures and prints. */
  int run(CommandLine line, boolean json) throws IOException, InterruptedException {
    String home = LocalStackProcess.home();
    if (pairs < 1) {
      throw new ParameterException(line, "--pairs is at least 1, not " + pairs);
    }
    if (revision == null || home.isEmpty()) {
      throw new ParameterException(line, "--against needs a checkout: start it with ./maskwire");
    }
    Map<Workload, List<Figure>> figures;
    try (Progress progress = Progress.onTerminal()) {
      figures =
          new RevisionBench(
                  Path.of(home), revision, DemoCommand.defaultCache(), pairs, progress::step)
              .measure(models);
    }
    PrintWriter out = line.getOut();
    if (json) {
      out.println(Json.text(toJson(figures)));
    } else {
      print(out, revision, figures);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private ObjectNode toJson(Map<Workload, List<Figure>> figures) {
    ObjectNode json = Json.object().put("against", revision).put("pairs", pairs);
    ObjectNode all = json.putObject("models");
    figures.forEach(
        (workload, row) -> {
          ObjectNode model = all.putObject(nameOf(workload));
          for (Figure figure : row) {
            model
                .putObject(figure.name())
                .put("before", Json.rounded(figure.before()))
                .put("now", Json.rounded(figure.now()))
                .put("ratio", Json.rounded(figure.ratio()))
                .put("unit", figure.unit().name().toLowerCase(Locale.ROOT));
          }
        });
    return json;
  }

  private void print(PrintWriter out, String revision, Map<Workload, List<Figure>> figures) {
    out.println("Medians of %d runs of each build, in turn".formatted(pairs));
    out.println();
    Table table = new Table().row("Model", revision, "this build", "ratio");
    figures.forEach(
        (workload, row) -> {
          for (Figure figure : row) {
            table.row(
                "  %s, %s".formatted(nameOf(workload), figure.name()),
                text(figure, figure.before()),
                text(figure, figure.now()),
                String.format(Locale.ROOT, "%.2f", figure.ratio()));
          }
        });
    out.print(table.text());
  }

  private static String nameOf(Workload workload) {
    return workload.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Figure figure, double value) {
    return switch (figure.unit()) {
      case BYTES -> Quantities.bytes((long) value);
      case MILLIS -> Quantities.millis(value);
    };
  }
}
