package io.maskwire.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.stack.LocalStackProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long functions take to start. Each instance of the local stack is started alone, with the
 * stack's own command line, beside a broker and a store that run already.
 */
public final class StartupBench {
  private static final String MAIN = "io.maskwire.infra.stack.StartupTimesMain";

  private final int runs;
  private final Consumer<String> progress;

  /** A measurement of {@code runs} starts of each instance. */
  public StartupBench(int runs, Consumer<String> progress) {
    this.runs = runs;
    this.progress = progress;
  }

  /**
   * Measures in a folder of its own, which is erased.
   *
   * @throws IOException if a function does not start
   */
  public List<StartupTime> run() throws IOException, InterruptedException {
    FunctionCaches.prepare(progress);
    try (ScratchFolder data = ScratchFolder.create("startup")) {
      return measure(data.path());
    }
  }

  private List<StartupTime> measure(Path data) throws IOException, InterruptedException {
    List<String> command = LocalStackProcess.command(MAIN);
    command.addAll(List.of(LocalStackProcess.home(), data.toString(), Integer.toString(runs)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread stop = new Thread(process::destroy, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    StartupTime.Collector times = new StartupTime.Collector();
    try (BufferedReader lines = process.inputReader()) {
      ObjectMapper mapper = new ObjectMapper();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode start = mapper.readTree(line);
        times.add(start);
        progress.accept("started " + start.path("instance").asText());
      }
      if (process.waitFor() != 0) {
        throw new IOException("a function did not start; see above");
      }
    } finally {
      process.destroy();
      process.waitFor();
    }
    return times.times();
  }
}
