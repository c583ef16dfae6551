package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the page remembers: sessions that it has used, so that one mask never covers two images; and
 * history and sessions under way, which are their account's alone.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageMemoryIT extends PageCase {
  private static final String HISTORY_ROWS = "#history-body tbody tr";

  /** All that is kept of sessions under way, as the browser's database has it. */
  private static final String PENDING =
      """
      () => new Promise((resolve, reject) => {
        const opening = indexedDB.open("maskwire", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("pending");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const count = opening.result.transaction("pending").objectStore("pending").count();
          count.onsuccess = () => { opening.result.close(); resolve(count.result); };
        };
      })
      """;

  private static InferencePage page() {
    return InferencePage.wide(chromium(), stack().gateway());
  }

  private static void signIn(InferencePage page, String name) {
    page.page()
        .route(
            "**/api/me",
            route ->
                answer(
                    route, "{\"name\":\"%s\",\"roles\":[],\"signIn\":\"oidc\"}".formatted(name)));
  }

  private static void answer(Route route, String body) {
    route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(body));
  }

  private static void awaitSignedInAs(InferencePage page, String name) {
    page.page().getByText("Signed in as " + name).waitFor();
  }

  private static int pending(Page page) {
    return (int) page.evaluate(PENDING);
  }

  private static boolean keepsHistory(Page page) {
    return page.evaluate("localStorage.getItem('maskwire.history')") != null;
  }

  /** Begins a session whose upload does not leave: it stays under way. */
  private static void leaveUnderWay(InferencePage page) {
    page.page().locator("#run:enabled").waitFor();
    page.page().route("**/input", Route::abort);
    page.page().waitForRequest("**/input", page::run);
    assertThat(pending(page.page())).isEqualTo(1);
  }

  /** Answers the first request for {@code pattern} as the service does, and all others alike. */
  private static void repeatFirstAnswer(Page page, String pattern) {
    List<APIResponse> first = new CopyOnWriteArrayList<>();
    page.context()
        .route(
            pattern,
            route -> {
              if (first.isEmpty()) {
                first.add(route.fetch());
              }
              route.fulfill(new Route.FulfillOptions().setResponse(first.getFirst()));
            });
  }

  private static void assertSecondImageIsRefused(InferencePage page) throws IOException {
    List<String> uploads = new CopyOnWriteArrayList<>();
    page.page()
        .context()
        .onRequest(
            request -> {
              if (request.url().endsWith("/input")) {
                uploads.add(request.url());
              }
            });
    page.open().model(PageStack.PICTURES).choose(stack().digit()).run().label();
    page.page().locator("#run:enabled").waitFor();
    assertThat(uploads).hasSize(1);

    page.run();

    assertThat(page.trouble()).isEqualTo("damaged");
    assertThat(uploads).hasSize(1);
  }

  @Test
  void infer_masksOfAnotherSession_isRefusedBeforeTheUpload() throws IOException {
    try (InferencePage page = page()) {
      repeatFirstAnswer(page.page(), "**/masks/*");

      assertSecondImageIsRefused(page);

      assertThat(page.page().locator("#trouble").textContent())
          .contains("the masks are of session");
    }
  }

  @Test
  void infer_sessionThatWasUsedBefore_isRefusedBeforeTheUpload() throws IOException {
    try (InferencePage page = page()) {
      repeatFirstAnswer(page.page(), "**/api/sessions");
      repeatFirstAnswer(page.page(), "**/masks/*");

      assertSecondImageIsRefused(page);

      assertThat(page.page().locator("#trouble").textContent())
          .contains("was used in this browser before");
    }
  }

  @Test
  void open_anotherAccount_neitherSeesNorResumesAndErases() throws IOException {
    try (InferencePage page = page()) {
      signIn(page, "alice");
      page.open().model(PageStack.PICTURES).choose(stack().digit()).run().label();
      assertThat(page.page().locator(HISTORY_ROWS).count()).isEqualTo(1);
      leaveUnderWay(page);

      page.page().unroute("**/input");
      page.page().unroute("**/api/me");
      signIn(page, "bob");
      page.page().reload();

      awaitSignedInAs(page, "bob");
      page.page().locator("#history-body .empty").waitFor();
      assertThat(keepsHistory(page.page())).isFalse();
      assertThat(pending(page.page())).isZero();
      // Had it been resumed, the run would be under way now.
      page.model(PageStack.PICTURES).choose(stack().digit());
      assertThat(page.page().locator("#best").isVisible()).isFalse();
    }
  }

  @Test
  void open_sameAccount_seesItsHistoryAndGoesOn() throws IOException {
    try (InferencePage page = page()) {
      signIn(page, "alice");
      page.open().model(PageStack.PICTURES).choose(stack().digit());
      leaveUnderWay(page);

      page.page().unroute("**/input");
      page.page().reload();

      assertThat(page.label()).isEqualTo("2");
      page.page().reload();
      page.page().locator(HISTORY_ROWS).waitFor();
      assertThat(pending(page.page())).isZero();
    }
  }

  @Test
  void signOut_always_erasesHistoryAndSessionsUnderWay() throws IOException {
    try (InferencePage page = page()) {
      signIn(page, "alice");
      page.open().model(PageStack.PICTURES).choose(stack().digit()).run().label();
      leaveUnderWay(page);
      page.page()
          .route(
              "**/sign-out",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions().setContentType("text/html").setBody("out")));

      page.page().locator("#account a").click();

      page.page().waitForURL("**/sign-out");
      assertThat(keepsHistory(page.page())).isFalse();
      assertThat(pending(page.page())).isZero();
    }
  }

  @Test
  void infer_signInHasEnded_erasesHistoryAndSessionsUnderWay() throws IOException {
    try (InferencePage page = page()) {
      page.open().model(PageStack.PICTURES).choose(stack().digit()).run().label();
      page.page().locator("#run:enabled").waitFor();
      assertThat(keepsHistory(page.page())).isTrue();
      page.page()
          .route(
              "**/api/sessions",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(401)
                          .setContentType("application/json")
                          .setBody("{\"error\":\"not-signed-in\",\"message\":\"-\"}")));

      page.run();

      assertThat(page.trouble()).isEqualTo("signed-out");
      page.page().locator("#history-body .empty").waitFor();
      assertThat(keepsHistory(page.page())).isFalse();
    }
  }

  @Test
  void leave_inAnotherTab_takesThePageAway() throws IOException {
    try (InferencePage page = page()) {
      signIn(page, "alice");
      page.open().model(PageStack.PICTURES).choose(stack().digit()).run().label();
      Page other = page.page().context().newPage();
      other.navigate("/q/health/live");

      other.evaluate("localStorage.removeItem('maskwire.account')");

      page.page()
          .locator("#best")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }
  }
}
