package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page says of a model, its samples, and what a user takes away. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageModelIT extends PageCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void publish() throws IOException {
    stack().publishVolumes();
  }

  private static InferencePage page() {
    return InferencePage.wide(chromium(), stack().gateway()).open().model(PageStack.VOLUMES);
  }

  private static Locator details(InferencePage page) {
    page.page().locator(".model-card:has(:checked) summary").first().click();
    Locator details = page.page().locator(".model-card:has(:checked) details").first();
    details.locator(".architecture").waitFor();
    return details;
  }

  @Test
  void show_model_hasDescriptionArchitectureAndCost() {
    try (InferencePage page = page()) {
      assertThat(page.page().locator(".model-card:has(:checked) .description").textContent())
          .isEqualTo(PageStack.DESCRIPTION);

      Locator details = details(page);

      assertThat(details.locator(".architecture .box .operator").allTextContents())
          .startsWith("Input")
          .contains("Gemm", "Relu")
          .endsWith("Result");
      assertThat(details.locator(".architecture li").count())
          .as("the list for screen readers")
          .isEqualTo(details.locator(".architecture .box").count() - 1);
      assertThat(details.locator("dt").allTextContents())
          .contains("Expected time", "Rounds between the parties", "Key material for one session");
    }
  }

  @Test
  void show_pictureModel_drawsEveryOperatorAndConnection() {
    try (InferencePage page = page().model(PageStack.PICTURES)) {
      Locator graph = details(page).locator(".architecture");

      int boxes = graph.locator(".box").count();
      assertThat(boxes).isGreaterThan(8);
      assertThat(graph.locator(".connection").count()).isEqualTo(boxes - 1);
      assertThat(graph.locator(".weighted").count()).isGreaterThan(3);
    }
  }

  @Test
  void choose_sample_givesTheLabelThatTheCommandLineGives() {
    try (InferencePage page = page()) {
      page.page().locator(".sample").click();
      page.page().locator("#run:enabled").waitFor();
      page.run();

      assertThat(page.label()).isEqualTo(stack().expected(PageStack.VOLUMES, stack().volume()));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void expectedTime_afterASession_isWhatTheGatewayHasMeasured() {
    try (InferencePage page = page()) {
      page.choose(stack().volume()).run().label();

      page.page().reload();
      page.awaitModels();

      assertThat(details(page.model(PageStack.VOLUMES)).locator("dd").allTextContents())
          .anySatisfy(text -> assertThat(text).contains("this gateway's latest sessions"));
    }
  }

  @Test
  void print_aResult_isAReportWithoutControls() {
    try (InferencePage page = page()) {
      String label = page.choose(stack().volume()).run().label();

      page.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

      assertThat(page.page().locator("#report").innerText())
          .contains(String.valueOf(stack().volume().getFileName()), PageStack.VOLUMES, "20");
      assertThat(page.page().locator("#best").innerText()).isEqualTo(label);
      assertThat(page.page().locator("#result canvas:visible").count()).isEqualTo(3);
      assertThat(page.page().locator("#report-privacy li:visible").count()).isGreaterThan(3);
      assertThat(page.page().locator("button:visible, input:visible, #steps:visible").count())
          .isZero();
    }
  }

  @Test
  void download_aResult_hasAllClassesAndWhatItBelongsTo() throws IOException {
    try (InferencePage page = page()) {
      String label = page.choose(stack().volume()).run().label();

      Download download =
          page.page().waitForDownload(() -> page.page().getByText("Download as JSON").click());

      JsonNode json = JSON.readTree(download.path().toFile());
      assertThat(json.path("model").asText()).isEqualTo(PageStack.VOLUMES);
      assertThat(json.path("file").asText()).isEqualTo(stack().volume().getFileName().toString());
      assertThat(json.path("finished").asText()).startsWith("20");
      assertThat(json.path("session").asText()).hasSize(32);
      assertThat(json.at("/classes/0/label").asText()).isEqualTo(label);
      assertThat(json.path("classes")).hasSize(58);
      assertThat(List.of("index", "label", "value", "share")).allMatch(json.at("/classes/57")::has);
    }
  }
}
