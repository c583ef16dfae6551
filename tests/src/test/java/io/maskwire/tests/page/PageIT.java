package io.maskwire.tests.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.tests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a running system, in a browser. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageIT extends PageCase {
  private static final Path SCREENSHOTS = Repository.root().resolve("tests/target/screenshots");

  @BeforeAll
  static void publish() throws IOException {
    stack().publishVolumes();
  }

  private static InferencePage page() {
    return InferencePage.wide(chromium(), stack().gateway()).open();
  }

  @Test
  void infer_volume_namesTheNetworkThatTheCommandLineNames() {
    try (InferencePage page = page()) {
      page.model(PageStack.VOLUMES).choose(stack().volume()).run();

      assertThat(page.label()).isEqualTo(stack().expected(PageStack.VOLUMES, stack().volume()));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void infer_picture_readsTheDigit() throws IOException {
    try (InferencePage page = page()) {
      page.model(PageStack.PICTURES).choose(stack().digit()).run();

      assertThat(page.label()).isEqualTo("2");
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void infer_dicom_hasAWindowToLookThroughAndTheCommandLinesLabel() throws IOException {
    Path file = folder().resolve("scan.dcm");
    Files.write(file, new Scans(new Random(5)).dicom(64, 48, "MONOCHROME2", "40", "400"));
    try (InferencePage page = page()) {
      page.model(PageStack.PICTURES).choose(file);
      page.page().getByLabel("Window width").fill("900");
      check(page, "dicom.png");

      page.run();

      assertThat(page.label()).isEqualTo(stack().expected(PageStack.PICTURES, file));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lenet, notes.nii, bad-file",
    "lenet, notes.txt, unsupported-file",
    "lenet, notes.png, bad-file",
    "rs-fmri, digit.png, misfit"
  })
  void choose_wrongFile_saysWhatToDo(String model, String name, String trouble) throws IOException {
    Path file = folder().resolve(name);
    if (name.equals("digit.png")) {
      stack().digit();
    } else {
      Files.writeString(file, "no image at all");
    }
    try (InferencePage page = page()) {
      page.model(model).offer(file);

      assertThat(page.trouble()).isEqualTo(trouble);
      assertThat(page.page().locator("#run").isDisabled()).isTrue();
    }
  }

  @Test
  void infer_everyRequest_hasNeitherImageNorResult() throws IOException {
    Path file = stack().digit();
    float[] input = preprocessed(file);
    try (InferencePage page = page()) {
      List<byte[]> sent = recordRequests(page.page());

      page.model(PageStack.PICTURES).choose(file).run().label();

      Secrets secrets = new Secrets().add("the file", Files.readAllBytes(file)).add("input", input);
      secrets.add("the file's name", file.getFileName().toString());
      for (Object each : (List<?>) page.page().evaluate(SHOWN_NUMBERS)) {
        secrets.add("a value of the result", (String) each);
      }
      assertThat(secrets.size()).isGreaterThan(100);
      assertThat(sent).hasSizeGreaterThan(8);
      assertThat(secrets.foundIn(sent)).isEmpty();
    }
  }

  private static final String SHOWN_NUMBERS =
      "() => [...document.querySelectorAll('.numbers')].map(e => e.textContent.split(' · ')[1])"
          + ".filter(text => text.length > 5)";

  private static float[] preprocessed(Path file) throws IOException {
    try (GatewayClient gateway = new GatewayClient(stack().gateway(), Optional.empty())) {
      return RemoteModel.fetch(gateway, PageStack.PICTURES).read(file).tensor().values();
    }
  }

  /** Address, headers and body of every request, of the page and of its worker. */
  private static List<byte[]> recordRequests(Page page) {
    List<byte[]> sent = new ArrayList<>();
    page.context()
        .onRequest(
            request -> {
              sent.add((request.method() + " " + request.url()).getBytes(UTF_8));
              sent.add(request.headers().toString().getBytes(UTF_8));
              body(request).ifPresent(sent::add);
            });
    return sent;
  }

  private static Optional<byte[]> body(Request request) {
    return Optional.ofNullable(request.postDataBuffer());
  }

  @Test
  void infer_oneImageTwice_sendsUploadsThatDifferEverywhere() throws IOException {
    try (InferencePage page = page()) {
      List<byte[]> uploads = new ArrayList<>();
      page.page()
          .context()
          .onRequest(
              request -> {
                if (request.url().endsWith("/input")) {
                  body(request).ifPresent(uploads::add);
                }
              });

      page.model(PageStack.PICTURES).choose(stack().digit()).run().label();
      page.page().locator("#run:enabled").waitFor();
      page.page().waitForRequest("**/input", page::run);

      assertThat(uploads).hasSize(2);
      byte[] first = uploads.get(0);
      byte[] second = uploads.get(1);
      assertThat(first).hasSameSizeAs(second);
      int equal = 0;
      for (int i = 0; i < first.length; i++) {
        equal += first[i] == second[i] ? 1 : 0;
      }
      // One byte in 256 is equal by chance, and the header's few are.
      assertThat(equal).isLessThan(first.length / 50);
    }
  }

  @Test
  void infer_reloadInMidSession_goesOnToTheResult() throws IOException {
    try (InferencePage page = page()) {
      page.page().route("**/input", Route::abort);
      page.model(PageStack.PICTURES).choose(stack().digit());
      page.page().waitForRequest("**/input", page::run);

      page.page().unroute("**/input");
      page.page().reload();

      assertThat(page.label()).isEqualTo("2");
    }
  }

  @Test
  void infer_expiredSession_saysSo() throws IOException {
    try (InferencePage page = page()) {
      page.page().route("**/events", route -> answer(route, 200, "event: expired\ndata: {}\n\n"));

      page.model(PageStack.PICTURES).choose(stack().digit()).run();

      assertThat(page.trouble()).isEqualTo("ended");
    }
  }

  @Test
  void infer_emptyStock_waitsAndGoesOn() throws IOException {
    try (InferencePage page = page()) {
      page.page()
          .route(
              "**/api/sessions",
              route -> answer(route, 503, "{\"error\":\"stock-empty\",\"message\":\"none\"}"),
              new Page.RouteOptions().setTimes(2));

      page.model(PageStack.PICTURES).choose(stack().digit()).run();

      assertThat(page.label()).isEqualTo("2");
    }
  }

  @Test
  void infer_signInExpired_offersToSignInAndGoesOnHere() throws IOException {
    try (InferencePage page = page()) {
      page.page()
          .route(
              "**/api/sessions",
              route -> answer(route, 401, "{\"error\":\"not-signed-in\",\"message\":\"-\"}"),
              new Page.RouteOptions().setTimes(1));
      page.model(PageStack.PICTURES).choose(stack().digit()).run();
      assertThat(page.trouble()).isEqualTo("signed-out");

      Page signedIn = page.page().waitForPopup(() -> page.page().locator("#trouble a").click());
      signedIn.waitForURL(stack().gateway().resolve("/").toString());
      page.run();

      assertThat(page.label()).isEqualTo("2");
    }
  }

  @Test
  void head_always_saysWhoIsSignedIn() {
    try (InferencePage page = page()) {
      page.page().getByText("Development identity").waitFor();
      page.page()
          .route(
              "**/api/me",
              route ->
                  answer(route, 200, "{\"name\":\"<b>a</b>\",\"roles\":[],\"signIn\":\"oidc\"}"));

      page.page().reload();

      page.page().getByText("Signed in as <b>a</b>").waitFor();
      assertThat(page.page().locator("#account a").getAttribute("href")).isEqualTo("sign-out");
    }
  }

  private static void answer(Route route, int status, String body) {
    String type = status == 200 ? "text/event-stream" : "application/json";
    route.fulfill(new Route.FulfillOptions().setStatus(status).setContentType(type).setBody(body));
  }

  @Test
  void open_always_hasAStrictPolicyAndNoForeignOrigin() {
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway())) {
      List<String> requested = new ArrayList<>();
      page.page().onRequest(request -> requested.add(request.url()));

      Response response = page.page().navigate("/");

      assertThat(response.headerValue("content-security-policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headerValue("x-content-type-options")).isEqualTo("nosniff");
      assertThat(response.headerValue("referrer-policy")).isEqualTo("no-referrer");
      assertThat(response.headerValue("cross-origin-opener-policy")).isEqualTo("same-origin");
      page.awaitModels();
      assertThat(requested)
          .isNotEmpty()
          .allMatch(url -> url.startsWith(stack().gateway().toString()));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1440, LIGHT", "1440, DARK"})
  void show_everyWidthAndScheme_isAccessibleAndPhotographed(int width, ColorScheme scheme)
      throws IOException {
    String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT);
    try (InferencePage page = new InferencePage(chromium(), stack().gateway(), width, scheme)) {
      page.open().model(PageStack.VOLUMES);
      check(page, name + "-1-start.png");
      page.choose(stack().volume());
      page.page().locator(".model-card:has(:checked) summary").click();
      page.page().locator(".architecture").waitFor();
      check(page, name + "-2-chosen.png");
      page.run().label();
      check(page, name + "-3-result.png");
      assertThat(page.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
      Path notes = Files.writeString(folder().resolve("notes.dcm"), "no image at all");
      page.offer(notes).trouble();
      check(page, name + "-4-trouble.png");
    }
  }

  private static void picture(InferencePage page, String name) {
    Path file = SCREENSHOTS.resolve(name);
    page.page().screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  /** Takes a picture, and looks for what WCAG 2.2 AA does not allow. */
  private static void check(InferencePage page, String picture) {
    picture(page, picture);
    AxeResults results =
        new AxeBuilder(page.page())
            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
            .analyze();
    assertThat(results.getViolations()).isEmpty();
  }
}
