package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.Repository;
import io.maskwire.tests.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner's console and the operator's page of a running system, in a browser. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnerPageIT {
  private static final Path SCREENSHOTS = Repository.root().resolve("tests/target/screenshots");

  @TempDir private static Path folder;
  private static Chromium chromium;
  private static Optional<LocalStackProcess> own = Optional.empty();
  private static StackAddress stack;
  private static Path model;

  /** Starts a system, or uses the running one whose folder MASKWIRE_STACK names. */
  @BeforeAll
  static void start() throws IOException {
    model = ReferenceData.lenet();
    chromium = Chromium.start();
    System.setProperty("maskwire.home", Repository.root().toString());
    String running = System.getenv("MASKWIRE_STACK");
    if (running == null) {
      own =
          Optional.of(
              LocalStackProcess.start(StackOptions.onFreePort(folder.resolve("stack")), _ -> {}));
      stack = own.get().address();
    } else {
      stack = StackAddress.read(Path.of(running));
    }
  }

  @AfterAll
  static void stop() {
    own.ifPresent(LocalStackProcess::close);
    if (chromium != null) {
      chromium.close();
    }
  }

  private static InferencePage console() {
    return InferencePage.wide(chromium, stack.compiler()).open();
  }

  private static void upload(InferencePage console, String name, Path file) {
    Page page = console.page();
    page.locator("#file").setInputFiles(file);
    page.locator("#name").fill(name);
    page.locator("#upload").click();
  }

  private static Locator row(InferencePage console, String name) {
    return console.page().locator("#versions tr:has(td:text-is('%s'))".formatted(name));
  }

  @Test
  void upload_goodModel_showsReportAndVersionThenRetires() throws IOException {
    try (InferencePage console = console()) {
      upload(console, "owned", model);

      Locator report = console.page().locator("#report");
      report.locator(".badge[data-state=published]").waitFor();
      assertThat(report.textContent()).contains("Rounds between the parties", "Conv", "proven");
      row(console, "owned").locator(".badge[data-state=published]").waitFor();
      assertThat(offers("owned")).isTrue();

      row(console, "owned").locator(".bad-action").click();
      console.page().locator("#confirm-no").click();
      assertThat(row(console, "owned").locator("[data-state=published]").count()).isEqualTo(1);
      row(console, "owned").locator(".bad-action").click();
      console.page().locator("#confirm-yes").click();

      row(console, "owned").locator(".badge[data-state=retired]").waitFor();
      assertThat(offers("owned")).isFalse();
      assertThat(console.complaints()).isEmpty();
    }
  }

  private static boolean offers(String name) throws IOException {
    try (GatewayClient gateway = new GatewayClient(stack.gateway(), Optional.empty())) {
      gateway.find(name);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Test
  void upload_unsupportedModel_namesTheNodeAndWhatToDo() throws IOException {
    Path odd = TestModels.chain(folder.resolve("odd.onnx"), "Softplus");
    try (InferencePage console = console()) {
      upload(console, "odd", odd);

      assertThat(console.trouble()).isEqualTo("unsupported-model");
      assertThat(console.page().locator("#report").textContent())
          .contains("the_Softplus", "Softplus", "What to do");
      check(console, "owner-unsupported.png");
    }
  }

  @Test
  void operations_ofARunningSystem_showsAllFunctionsUp() {
    try (InferencePage page = InferencePage.wide(chromium, stack.gateway())) {
      page.page().navigate("/operations.html");

      page.page().getByText("All 5 functions are up").waitFor();
      assertThat(page.page().locator("#functions tbody td:first-child").allTextContents())
          .isEqualTo(List.of("compiler", "dealer", "gateway", "party0", "party1"));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void show_everyWidthAndScheme_isAccessibleAndPhotographed(int width, ColorScheme scheme) {
    String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-";
    try (InferencePage page = new InferencePage(chromium, stack.compiler(), width, scheme)) {
      page.open();
      upload(page, "shown", model);
      page.page().locator("#report .badge[data-state=published]").waitFor();
      check(page, name + "owner.png");
      row(page, "shown").locator(".bad-action").first().click();
      check(page, name + "owner-retire.png");
    }
    try (InferencePage page = new InferencePage(chromium, stack.gateway(), width, scheme)) {
      page.page().navigate("/operations.html");
      page.page().locator("#stock td").first().waitFor();
      check(page, name + "operations.png");
    }
  }

  /** Takes a picture, and looks for what WCAG 2.2 AA does not allow. */
  private static void check(InferencePage page, String picture) {
    Path file = SCREENSHOTS.resolve(picture);
    page.page().screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    AxeResults results =
        new AxeBuilder(page.page())
            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
            .analyze();
    assertThat(results.getViolations()).isEmpty();
    assertThat(page.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
  }
}
