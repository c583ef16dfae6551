package io.maskwire.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Grafana dashboard, as far as it depends on what functions export.
 *
 * @param expressions its queries, in PromQL
 */
record Dashboard(List<String> expressions) {
  private static final Pattern LABELS = Pattern.compile("\\bby \\(([a-z, ]+)\\)");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(_[a-z]+)+\\b(?!\\s*\\()");

  /** What Prometheus itself adds. */
  private static final List<String> FROM_PROMETHEUS = List.of("job", "instance");

  static Dashboard read() throws IOException {
    Path file = Repository.root().resolve("infra/dashboards/maskwire.json");
    JsonNode tree = new ObjectMapper().readTree(file.toFile());
    return new Dashboard(tree.findValuesAsText("expr"));
  }

  /** The metrics, and with each the labels that its query groups by: {@code name{label}}. */
  TreeSet<String> needs() {
    TreeSet<String> needs = new TreeSet<>();
    for (String expression : expressions) {
      List<String> labels =
          LABELS
              .matcher(expression)
              .results()
              .flatMap(found -> Stream.of(found.group(1).split(", ")))
              .filter(label -> !FROM_PROMETHEUS.contains(label))
              .toList();
      metrics(expression)
          .forEach(
              metric -> {
                needs.add(metric);
                labels.forEach(label -> needs.add(metric + "{" + label + "}"));
              });
    }
    return needs;
  }

  private static Stream<String> metrics(String expression) {
    String withoutLabels = LABELS.matcher(expression).replaceAll("").replaceAll("\\{[^}]*}", "");
    return METRIC.matcher(withoutLabels).results().map(MatchResult::group);
  }

  /** What a page of {@code /q/metrics} has, in the form of {@link #needs}. */
  static TreeSet<String> offers(String page) {
    TreeSet<String> offers = new TreeSet<>();
    Pattern label = Pattern.compile("[{,]([a-z_]+)=\"");
    for (String line : page.lines().filter(each -> !each.startsWith("#")).toList()) {
      String metric = line.split("[{ ]", 2)[0];
      offers.add(metric);
      Matcher labels = label.matcher(line);
      offers.addAll(
          labels
              .results()
              .map(found -> metric + "{" + found.group(1) + "}")
              .collect(Collectors.toSet()));
    }
    return offers;
  }
}
