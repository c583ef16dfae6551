package io.maskwire.tests.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.maskwire.tests.Cli;
import io.maskwire.tests.Outcome;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.page.Chromium;
import io.maskwire.tests.page.InferencePage;
import io.maskwire.tests.signin.KeycloakRealm.Program;
import io.maskwire.tests.stack.TestStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * People and programs of a hospital whose provider is Keycloak. ID tokens last a few seconds, so
 * that every test lives through renewals. The module's README says how to run it.
 */
@Tag("keycloak")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeycloakIT {
  private static final String PAGE = "/";
  private static final String OPERATIONS = "/operations.html";

  @TempDir private static Path folder;
  private static Optional<Chromium> chromium = Optional.empty();
  private static Optional<SignInSystem> started = Optional.empty();

  @BeforeAll
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  static void start() throws IOException {
    chromium = Optional.of(Chromium.start());
    started = Optional.of(SignInSystem.start(folder.resolve("stack")));
    system().prepare();
  }

  @AfterAll
  static void stop() {
    started.ifPresent(SignInSystem::close);
    chromium.ifPresent(Chromium::close);
  }

  private static SignInSystem system() {
    return started.orElseThrow();
  }

  private static KeycloakRealm realm() {
    return system().realm();
  }

  /** Goes to {@code path} of a function with a new browser profile; Keycloak asks who it is. */
  private static InferencePage signIn(URI function, String path, String name) {
    InferencePage page = InferencePage.wide(chromium.orElseThrow(), function);
    page.page().navigate(path);
    answerKeycloak(page.page(), name);
    page.page().waitForURL(function.resolve(path).toString());
    return page;
  }

  private static void answerKeycloak(Page page, String name) {
    awaitKeycloak(page);
    page.locator("#username").fill(name);
    page.locator("#password").fill(KeycloakRealm.password(name));
    page.locator("#kc-login").click();
  }

  private static void awaitKeycloak(Page page) {
    page.locator("#username").waitFor();
    assertThat(page.url()).startsWith(realm().address().toString());
  }

  private static void awaitSignedInAs(InferencePage page, String name) {
    page.page().getByText("Signed in as " + name).waitFor();
  }

  /** What the page's own requests are answered with. */
  private static int status(InferencePage page) {
    return (int) page.page().evaluate("fetch('/api/me').then(answer => answer.status)");
  }

  private static Locator trouble(InferencePage page) {
    Locator trouble = page.page().locator("#trouble .message.bad");
    trouble.waitFor();
    return trouble;
  }

  @Test
  void page_user_signsInAndInfers() {
    try (InferencePage page = signIn(system().gateway(), PAGE, "alice")) {
      awaitSignedInAs(page, "alice");

      assertThat(page.choose(ReferenceData.digit()).run().label()).isEqualTo("2");

      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void otherPages_user_areRefused() {
    try (InferencePage page = signIn(system().gateway(), OPERATIONS, "alice")) {
      assertThat(trouble(page).textContent()).contains("the account 'alice' lacks the role");
      assertThat(page.page().locator("#functions td").count()).isZero();
    }
    try (InferencePage page = signIn(system().console(), PAGE, "alice")) {
      assertThat(trouble(page).textContent()).contains("not an owner's");
      assertThat(page.page().locator("#versions td").count()).isZero();
    }
  }

  @Test
  void console_owner_showsTheModels() {
    try (InferencePage page = signIn(system().console(), PAGE, "otto")) {
      page.page().locator("#versions td:text-is('%s')".formatted(SignInSystem.MODEL)).waitFor();
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void bothFunctions_sameBrowser_keepTheirSignInsApart() {
    try (InferencePage page = signIn(system().console(), PAGE, "otto")) {
      page.page().navigate(system().gateway().resolve(PAGE).toString());
      awaitSignedInAs(page, "otto");
      assertThat(realm().events("LOGIN", "otto")).isPositive();

      // A page of the console that asks for no sign-in, and so does not renew one.
      page.page().navigate(system().console().resolve("/q/health/live").toString());

      assertThat(page.page().evaluate("fetch('/api/models').then(answer => answer.status)"))
          .isEqualTo(200);
    }
  }

  @Test
  void operations_operator_showsTheFunctions() {
    try (InferencePage page = signIn(system().gateway(), OPERATIONS, "olga")) {
      page.page().getByText("All 5 functions are up").waitFor();
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void page_accountWithoutRole_saysSo() {
    try (InferencePage page = signIn(system().gateway(), PAGE, "nora")) {
      awaitSignedInAs(page, "nora");

      assertThat(page.trouble()).isEqualTo("not-allowed");
      assertThat(trouble(page).textContent())
          .contains("the account 'nora' lacks the role", "Ask the operator for it");
    }
  }

  @Test
  void signOut_ofThePage_endsTheSessionAtKeycloakToo() {
    try (InferencePage page = signIn(system().gateway(), PAGE, "bob")) {
      awaitSignedInAs(page, "bob");
      assertThat(realm().sessions("bob")).isEqualTo(1);

      page.page().getByText("Sign out").click();

      awaitKeycloak(page.page());
      assertThat(realm().sessions("bob")).isZero();
      page.page().navigate(PAGE);
      awaitKeycloak(page.page());
    }
  }

  @Test
  void page_idTokenExpires_goesOnWithTheRefreshToken() {
    try (InferencePage page = signIn(system().gateway(), PAGE, "carol")) {
      page.choose(ReferenceData.digit());

      TestStack.await(
          "Keycloak renews the sign-in",
          () -> {
            assertThat(status(page)).isEqualTo(200);
            return Optional.of(realm().events("REFRESH_TOKEN", "carol")).filter(count -> count > 1);
          });

      assertThat(page.run().label()).isEqualTo("2");
      assertThat(realm().events("LOGIN", "carol")).isEqualTo(1);
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void page_sessionEndedByTheAdministrator_offersToSignInAgainAndGoesOn() {
    try (InferencePage page = signIn(system().gateway(), PAGE, "dave")) {
      page.choose(ReferenceData.digit());
      realm().endSessions("dave");
      TestStack.await(
          "the sign-in has ended", () -> Optional.of(status(page)).filter(status -> status != 200));

      page.run();

      assertThat(page.trouble()).isEqualTo("signed-out");
      assertThat(trouble(page).textContent()).contains("Your sign-in has expired");
      Page again = page.page().waitForPopup(() -> page.page().locator("#trouble a").click());
      answerKeycloak(again, "dave");
      again.waitForURL(system().gateway().resolve(PAGE).toString());
      assertThat(page.run().label()).isEqualTo("2");
    }
  }

  private static Outcome infer(Program program) throws IOException {
    Path token = Files.createTempFile(folder, "token", "");
    Files.writeString(token, realm().token(program));
    return Cli.run(
        "infer",
        SignInSystem.MODEL,
        ReferenceData.digit(),
        "--gateway",
        system().gateway(),
        "--token-file",
        token,
        "--json");
  }

  private static void refuses(Program program, int status, String error) {
    given()
        .auth()
        .oauth2(realm().token(program))
        .get(system().gateway().resolve("/api/models"))
        .then()
        .statusCode(status)
        .body("error", equalTo(error));
  }

  @Test
  void infer_programWithATokenForTheGateway_works() throws IOException {
    assertThat(infer(SignInSystem.PIPELINE).json().get("label").asText()).isEqualTo("2");
  }

  @Test
  void infer_tokenForAnotherAudience_isRefused() throws IOException {
    refuses(SignInSystem.STRANGER, 401, "not-signed-in");
    infer(SignInSystem.STRANGER).refused(1, "is not of this gateway's provider");
  }

  @Test
  void infer_programWithoutRole_isRefused() throws IOException {
    refuses(SignInSystem.ROLELESS, 403, "role-missing");
    infer(SignInSystem.ROLELESS).refused(4, "lacks the role");
  }
}
