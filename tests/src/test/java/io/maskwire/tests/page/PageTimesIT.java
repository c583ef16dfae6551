package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import io.maskwire.tests.Repository;
import io.maskwire.tests.stack.SharedStack;
import io.maskwire.tests.stack.TestStack;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a user waits from choosing a volume to reading its label, as the browser measures it on
 * a system that is warm. Times are recorded in {@code target/page-times.json}, not judged: they
 * depend on what else the machine does.
 */
@Tag("slow")
@ExtendWith(SharedStack.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageTimesIT {
  private static final int WARM_UPS = 8;
  private static final int RUNS = 10;
  private static final double LONGEST_TASK_MILLIS = 100;
  private static final Path REPORT = Repository.root().resolve("tests/target/page-times.json");

  /** Tasks of more than 50 ms, which is where browsers begin to count. */
  private static final String WATCH =
      """
      window.longTasks = [];
      new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
        .observe({ type: 'longtask', buffered: true });
      """;

  /** A user who clicks at once. */
  private static final String CLICK_WHEN_PREPARED =
      """
      () => {
        const run = document.querySelector('#run');
        const observer = new MutationObserver(() => {
          if (!run.disabled) {
            observer.disconnect();
            run.click();
          }
        });
        observer.observe(run, { attributes: true });
        window.longTasks = [];
      }
      """;

  private static final String MILLIS =
      """
      () => performance.getEntriesByName('label-shown').at(-1).startTime
        - performance.getEntriesByName('file-chosen').at(-1).startTime
      """;

  @TempDir private static Path folder;

  @Test
  void infer_volume_recordsTimesAndDoesNotBlockThePage(TestStack shared) throws IOException {
    PageStack stack = new PageStack(shared, folder);
    stack.publishVolumes();
    List<Double> millis = new ArrayList<>();
    List<Double> tasks = new ArrayList<>();
    try (Chromium chromium = Chromium.start();
        InferencePage page = InferencePage.wide(chromium, stack.gateway())) {
      page.page().addInitScript(WATCH);
      page.open().model(PageStack.VOLUMES);
      for (int run = 1; run <= WARM_UPS + RUNS; run++) {
        page.page().evaluate(CLICK_WHEN_PREPARED);
        page.offer(stack.volume());
        page.page()
            .waitForFunction(
                "n => performance.getEntriesByName('label-shown').length === n",
                run,
                new Page.WaitForFunctionOptions().setPollingInterval(20));
        if (run > WARM_UPS) {
          millis.add(number(page.page().evaluate(MILLIS)));
          tasks.add(number(page.page().evaluate("() => Math.max(0, ...longTasks)")));
        }
      }
    }
    record(millis, tasks);
    assertThat(median(tasks))
        .as("the page's thread is blocked, median of the longest tasks of each run")
        .isLessThanOrEqualTo(LONGEST_TASK_MILLIS);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void record(List<Double> millis, List<Double> tasks) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("what", "fMRI volume chosen to label painted, in the browser");
    report.put("medianMillis", Math.round(median(millis)));
    report.put("millis", millis.stream().map(Math::round).toList());
    report.put("longestTaskMillis", tasks.stream().map(Math::round).toList());
    report.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    report.put("cores", Runtime.getRuntime().availableProcessors());
    byte[] json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
    Files.write(REPORT, json);
    System.out.printf(
        Locale.ROOT,
        "page: volume chosen to label painted, median of %d: %.0f ms; longest task %.0f ms%n",
        millis.size(),
        median(millis),
        tasks.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }
}
