package io.maskwire.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a command in a process of its own.
 *
 * @param dealMillis dealer
 * @param offlineMillis both parties before the input
 * @param onlineMillis both parties, input to result
 * @param peakBytes largest resident memory of the process, from Linux; 0 elsewhere
 * @param wallMillis from process start to its end
 */
record WholeRun(
    double dealMillis,
    double offlineMillis,
    double onlineMillis,
    double peakBytes,
    double wallMillis) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * How often the peak is read; the system keeps it, so only growth in the last interval is lost.
   */
  private static final Duration INTERVAL = Duration.ofMillis(10);

  /**
   * Runs {@code launcher} with {@code arguments}, which print one inference as JSON.
   *
   * @throws IOException if it fails or its result is not exact
   */
  static WholeRun of(Path launcher, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    Path output = Files.createTempFile("maskwire-run-", ".json");
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      long peak = 0;
      do {
        peak = Math.max(peak, peakBytes(process));
      } while (!process.waitFor(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
      double wall = (System.nanoTime() - start) / 1e6;
      JsonNode result = new ObjectMapper().readTree(output.toFile());
      if (process.exitValue() != 0 || !result.path("bitExact").asBoolean()) {
        throw new IOException(
            "'%s' ended with %d, bitExact %s"
                .formatted(
                    String.join(" ", command), process.exitValue(), result.path("bitExact")));
      }
      JsonNode millis = result.path("millis");
      return new WholeRun(
          millis.path("deal").asDouble(),
          millis.path("offline").asDouble(),
          millis.path("online").asDouble(),
          peak,
          wall);
    } finally {
      Files.delete(output);
    }
  }

  private static long peakBytes(Process process) {
    try {
      Matcher matcher =
          PEAK.matcher(Files.readString(Path.of("/proc/%d/status".formatted(process.pid()))));
      return matcher.find() ? 1024 * Long.parseLong(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0; // the process has ended, or this system has no such file
    }
  }
}
