package io.maskwire.gateway.operations;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code maskwire_refusals_total} in a function's metrics. */
final class RefusalCounts {
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^maskwire_refusals_total\\{[^}]*reason=\"([a-z-]+)\"[^}]*} ([0-9.eE+]+)");

  private RefusalCounts() {}

  /** Refusals by reason, in metrics as Prometheus reads them. */
  static Map<String, Long> in(String metrics) {
    Map<String, Long> counts = new TreeMap<>();
    Matcher line = LINE.matcher(metrics);
    while (line.find()) {
      counts.merge(line.group(1), (long) Double.parseDouble(line.group(2)), Long::sum);
    }
    return counts;
  }
}
