package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.bench.FunctionCaches;
import io.maskwire.cli.bench.ScratchFolder;
import io.maskwire.cli.bench.StackBench;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Table;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.cli.stack.StackAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code maskwire bench --stack}, and what it prints. */
final class StackBenchSettings {
  private static final double[] PERCENTILES = {50, 90, 99, 100};

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "with --stack: sessions in flight (default: ${DEFAULT-VALUE})")
  private int sessions = 100;

  @Option(
      names = "--model",
      paramLabel = "MODEL.onnx",
      description = "with --stack: the model (default: a network like LeNet-5)")
  private @Nullable Path model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "with --stack: a stack's folder; it is started if none runs there (default: a stack of"
              + " its own, erased afterwards)")
  private @Nullable Path data;

  @Option(
      names = "--parties",
      paramLabel = "N",
      description = "with --stack, if it is started: instances of each party")
  private int parties = 1;

  /** Measures and prints. */
  int run(PrintWriter out, boolean json) throws IOException, InterruptedException {
    StackBench.Result result;
    try (Progress progress = Progress.onTerminal()) {
      result = data == null ? inOwnStack(progress) : in(data, progress);
    }
    print(out, result, json);
    return result.exact() == result.sessions() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** What a stack has done before makes it slower: runs are compared in new ones. */
  private StackBench.Result inOwnStack(Progress progress) throws IOException, InterruptedException {
    try (ScratchFolder own = ScratchFolder.create("bench-stack")) {
      return start(own.path(), progress);
    }
  }

  private StackBench.Result in(Path folder, Progress progress)
      throws IOException, InterruptedException {
    Optional<StackAddress> running = LocalStackProcess.find(folder);
    return running.isPresent() ? bench(running.get(), progress) : start(folder, progress);
  }

  private StackBench.Result start(Path folder, Progress progress)
      throws IOException, InterruptedException {
    FunctionCaches.prepare(progress::step);
    StackOptions options = StackOptions.onFreePort(folder).withParties(parties).withStock(sessions);
    try (LocalStackProcess stack = LocalStackProcess.start(options, progress::step)) {
      return bench(stack.address(), progress);
    }
  }

  private StackBench.Result bench(StackAddress stack, Progress progress)
      throws IOException, InterruptedException {
    return new StackBench(stack, sessions, progress::step).run(Optional.ofNullable(model));
  }

  private static void print(PrintWriter out, StackBench.Result result, boolean json) {
    Histogram latency = result.latency();
    if (json) {
      ObjectNode tree = Json.object();
      tree.put("sessions", result.sessions()).put("bitExact", result.exact());
      tree.put("perSecond", Json.rounded(result.perSecond()));
      ArrayNode warmUp = tree.putArray("warmUpPerSecond");
      result.warmUp().forEach(rate -> warmUp.add(Json.rounded(rate)));
      ObjectNode millis = tree.putObject("latencyMillis");
      for (double percentile : PERCENTILES) {
        millis.put(name(percentile), latency.getValueAtPercentile(percentile) / 1000.0);
      }
      out.println(Json.text(tree));
    } else {
      Table table =
          new Table()
              .row("Warm-up, per second", warmUp(result))
              .row("Sessions in flight", Integer.toString(result.sessions()))
              .row("  bit-exact", Integer.toString(result.exact()))
              .row("  per second", String.format(Locale.ROOT, "%.1f", result.perSecond()));
      for (double percentile : PERCENTILES) {
        table.row(
            "  latency " + name(percentile),
            String.format(
                Locale.ROOT, "%,.0f ms", latency.getValueAtPercentile(percentile) / 1000.0));
      }
      out.print(table.text());
      out.println();
      ByteArrayOutputStream histogram = new ByteArrayOutputStream();
      latency.outputPercentileDistribution(
          new PrintStream(histogram, true, StandardCharsets.US_ASCII), 2, 1000.0);
      out.print(histogram.toString(StandardCharsets.US_ASCII));
    }
    out.flush();
  }

  /** Rates of the steps, in order. */
  private static String warmUp(StackBench.Result result) {
    return result.warmUp().stream()
        .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
        .collect(Collectors.joining(" "));
  }

  private static String name(double percentile) {
    return percentile == 100 ? "maximum" : "p%.0f".formatted(percentile);
  }
}
