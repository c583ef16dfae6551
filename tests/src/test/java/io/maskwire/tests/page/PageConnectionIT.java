package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page when the gateway cannot be reached for a while: it goes on by itself. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageConnectionIT extends PageCase {
  private static final String ANYTHING = "**/*";

  /** Lets the next upload reach the gateway; then {@code happens}, and no answer comes back. */
  private static void afterUpload(InferencePage page, Runnable happens) {
    page.page()
        .route(
            "**/input",
            route -> {
              assertThat(route.fetch().status()).isEqualTo(202);
              happens.run();
              route.abort();
            },
            new Page.RouteOptions().setTimes(1));
  }

  private static void awaitNote(InferencePage page) {
    page.page().locator(".message.wait").waitFor();
  }

  /** Nothing gets through any more, neither to the gateway nor to the dealer. */
  private static void cut(InferencePage page) {
    page.page().context().route(ANYTHING, Route::abort);
  }

  private static void restore(InferencePage page) {
    page.page().context().unroute(ANYTHING);
  }

  @Test
  void infer_connectionCutAfterTheUpload_resumesByItselfToTheSameLabel() throws IOException {
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway())) {
      page.page().route("**/events", Route::abort);
      page.open().model(PageStack.PICTURES).choose(stack().digit());
      afterUpload(page, () -> cut(page));
      page.run();
      awaitNote(page);

      page.page().unroute("**/events");
      restore(page);

      assertThat(page.label()).isEqualTo("2");
      assertThat(page.page().locator(".message").count()).isZero();
    }
  }

  @Test
  void infer_connectionCutBeforeTheUpload_resumesByItself() throws IOException {
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway())) {
      page.open().model(PageStack.PICTURES).choose(stack().digit());
      cut(page);
      page.run();
      awaitNote(page);

      restore(page);

      assertThat(page.label()).isEqualTo("2");
    }
  }

  @Test
  void choose_modelThatCannotBeFetched_isPreparedWhenTheConnectionIsBack() throws IOException {
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway())) {
      page.page().route("**/program.bin", Route::abort);
      page.open().model(PageStack.PICTURES).offer(stack().digit());
      awaitNote(page);

      page.page().unroute("**/program.bin");

      page.page().locator("#run:enabled").waitFor();
      assertThat(page.page().locator(".message").count()).isZero();
    }
  }

  @Test
  void infer_gatewayKilledAfterTheUpload_resumesByItselfToTheSameLabel() throws IOException {
    try (InferencePage page = InferencePage.wide(chromium(), stack().gateway())) {
      page.open().model(PageStack.PICTURES).choose(stack().digit());
      afterUpload(page, () -> stack().kill("gateway"));

      page.run();

      assertThat(page.label()).isEqualTo("2");
    }
  }
}
