package io.maskwire.cli.command;

import io.maskwire.input.InputWarning;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells of what may make results wrong: once for each doubt, however many files share it. */
final class InputWarnings {
  private InputWarnings() {}

  static void print(PrintWriter err, List<InputWarning> warnings) {
    Map<String, List<InputWarning>> byDoubt =
        warnings.stream()
            .distinct()
            .collect(
                Collectors.groupingBy(
                    InputWarning::doubt, LinkedHashMap::new, Collectors.toList()));
    byDoubt.forEach(
        (doubt, of) -> {
          int others = of.size() - 1;
          String more =
              others == 0 ? "" : " (and %d more file%s)".formatted(others, others == 1 ? "" : "s");
          err.println("maskwire: warning: " + of.getFirst().file() + more + " " + doubt);
        });
    err.flush();
  }

  /** Those of several results, in their order. */
  static List<InputWarning> of(List<InferenceReport> reports) {
    return reports.stream().flatMap(report -> report.warnings().stream()).toList();
  }
}
