package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.Repository;
import io.maskwire.tests.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner's console and the operator's page of a running system, in a browser. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnerPageIT extends PageCase {
  private static final Path SCREENSHOTS = Repository.root().resolve("tests/target/screenshots");
  private static final String DESCRIPTION = "Reads a digit.\nTrained on handwriting.";

  private static InferencePage console() {
    return InferencePage.wide(chromium(), stack().compiler()).open();
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

  /** The row of a version shows it earlier than its report, with which the form is cleared. */
  private static void awaitPublished(InferencePage console) {
    console.page().locator("#report .badge[data-state=published]").waitFor();
  }

  @Test
  void upload_goodModel_showsReportAndVersionThenRetires() throws IOException {
    try (InferencePage console = console()) {
      upload(console, "owned", ReferenceData.lenet());

      awaitPublished(console);
      assertThat(console.page().locator("#report").textContent())
          .contains("Rounds between the parties", "Conv", "proven");
      row(console, "owned").locator(".badge[data-state=published]").waitFor();
      assertThat(stack().offers("owned")).isTrue();

      row(console, "owned").locator(".bad-action").click();
      console.page().locator("#confirm-no").click();
      assertThat(row(console, "owned").locator("[data-state=published]").count()).isEqualTo(1);
      row(console, "owned").locator(".bad-action").click();
      console.page().locator("#confirm-yes").click();

      row(console, "owned").locator(".badge[data-state=retired]").waitFor();
      assertThat(stack().offers("owned")).isFalse();
      assertThat(console.complaints()).isEmpty();
    }
  }

  /** Fills in what users are to see. */
  private static void describe(InferencePage console, Path sample) {
    Page page = console.page();
    page.locator("#shown summary").click();
    page.locator("#description").fill(DESCRIPTION);
    page.locator("#sample").setInputFiles(sample);
  }

  @Test
  void upload_withDescriptionAndSample_usersSeeBothAndTryTheSample() throws IOException {
    try (InferencePage console = console()) {
      describe(console, stack().digit());

      upload(console, "presented", ReferenceData.lenet());

      awaitPublished(console);
      assertThat(row(console, "presented").textContent()).contains("description, 1 sample");
      assertThat(console.page().locator("#description").inputValue()).isEmpty();
      assertThat(console.complaints()).isEmpty();
    }
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway()).open()) {
      page.model("presented");
      assertThat(page.page().locator(".model-card:has(:checked) .description").textContent())
          .isEqualTo(DESCRIPTION);

      page.page().locator(".sample").click();
      page.page().locator("#run:enabled").waitFor();

      assertThat(page.run().label()).isEqualTo("2");
    }
  }

  @Test
  void upload_sampleThatTheModelDoesNotTake_saysWhyAndKeepsTheForm() throws IOException {
    try (InferencePage console = console()) {
      describe(console, Files.writeString(folder().resolve("notes.nii"), "no image at all"));

      upload(console, "misled", ReferenceData.lenet());

      assertThat(console.trouble()).isEqualTo("malformed");
      assertThat(console.page().locator("#report").textContent()).contains("notes.nii");
      assertFormKept(console, "misled");
      assertThat(stack().offers("misled")).isFalse();
    }
  }

  private static void assertFormKept(InferencePage console, String name) {
    Page page = console.page();
    assertThat(page.locator("#name").inputValue()).isEqualTo(name);
    assertThat(page.locator("#description").inputValue()).isEqualTo(DESCRIPTION);
    assertThat(page.locator("#sample").evaluate("input => input.files.length")).isEqualTo(1);
    assertThat(page.locator("#chosen").textContent()).contains("lenet.onnx");
    page.locator("#upload:enabled").waitFor();
  }

  @Test
  void upload_signInExpired_offersToSignInAndLosesNothing() throws IOException {
    try (InferencePage console = console()) {
      Page page = console.page();
      describe(console, stack().digit());
      page.route("**/api/**", OwnerPageIT::signedOut);

      upload(console, "late", ReferenceData.lenet());

      assertThat(console.trouble()).isEqualTo("not-signed-in");
      assertFormKept(console, "late");
      check(console, "owner-signed-out.png");
      Page signedIn = page.waitForPopup(() -> page.locator("#trouble a").click());
      signedIn.waitForURL(stack().compiler().resolve("/").toString());

      page.unroute("**/api/**");
      page.locator("#upload").click();

      awaitPublished(console);
      assertThat(row(console, "late").textContent()).contains("description, 1 sample");
      assertThat(page.locator("[data-trouble]").count()).isZero();
    }
  }

  @Test
  void upload_signInExpiresWhileItIsCompiled_goesOnWhenSignedInAgain() {
    try (InferencePage console = console()) {
      Page page = console.page();
      page.locator("#versions table").waitFor();
      page.route("**/api/models/patient/*", OwnerPageIT::signedOut);

      upload(console, "patient", ReferenceData.lenet());
      assertThat(console.trouble()).isEqualTo("not-signed-in");
      assertThat(page.locator("#upload").isDisabled()).as("it waits").isTrue();
      page.unroute("**/api/models/patient/*");

      awaitPublished(console);
      assertThat(page.locator("[data-trouble]").count()).isZero();
    }
  }

  @Test
  void look_signInExpired_isSaidByItselfAndTakenBackByItself() {
    try (InferencePage console = console()) {
      Page page = console.page();
      page.locator("#versions table").waitFor();
      page.locator("#name").fill("typed");

      page.route("**/api/**", OwnerPageIT::signedOut);
      page.evaluate(COME_BACK);
      assertThat(console.trouble()).isEqualTo("not-signed-in");

      page.unroute("**/api/**");
      page.evaluate(COME_BACK);

      page.waitForCondition(() -> page.locator("[data-trouble]").count() == 0);
      assertThat(page.locator("#name").inputValue()).isEqualTo("typed");
    }
  }

  /** As if its tab were chosen again. */
  private static final String COME_BACK =
      "() => void document.dispatchEvent(new Event('visibilitychange'))";

  private static void signedOut(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(401)
            .setContentType("application/json")
            .setBody("{\"error\":\"not-signed-in\",\"message\":\"sign in\"}"));
  }

  @Test
  void upload_unsupportedModel_namesTheNodeAndWhatToDo() throws IOException {
    Path odd = TestModels.chain(folder().resolve("odd.onnx"), "Softplus");
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
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway())) {
      page.page().navigate("/operations.html");

      page.page().getByText("All 5 functions are up").waitFor();
      assertThat(page.page().locator("#functions tbody td:first-child").allTextContents())
          .isEqualTo(List.of("compiler", "dealer", "gateway", "party0", "party1"));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void show_everyWidthAndScheme_isAccessibleAndPhotographed(int width, ColorScheme scheme)
      throws IOException {
    String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-";
    try (InferencePage page = new InferencePage(chromium(), stack().compiler(), width, scheme)) {
      page.open();
      page.page().locator("#more summary").click();
      describe(page, stack().digit());
      check(page, name + "owner-form.png");
      upload(page, "shown", ReferenceData.lenet());
      awaitPublished(page);
      check(page, name + "owner.png");
      row(page, "shown").locator(".bad-action").first().click();
      check(page, name + "owner-retire.png");
    }
    try (InferencePage page = new InferencePage(chromium(), stack().gateway(), width, scheme)) {
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
