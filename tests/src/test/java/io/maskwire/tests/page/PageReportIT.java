package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Media;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.tests.Repository;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The report of an analysis on paper: what a clinician files, read back from the PDF. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageReportIT extends PageCase {
  private static final Path FILE = Repository.root().resolve("tests/target/screenshots/report.pdf");
  private static final Pattern TIME =
      Pattern.compile("\\d{1,2} \\p{L}+ \\d{4}, \\d{2}:\\d{2}:\\d{2} [A-Z]+\\S*");
  private static final double POINTS_PER_MILLIMETRE = 72 / 25.4;
  private static final double MARGIN = 10 * POINTS_PER_MILLIMETRE;

  /** Letters of a line touch: what is left when each is a little smaller does not. */
  private static final double SMALLER = 0.2;

  private static PrintedPages printed;
  private static String session = "";
  private static String label = "";
  private static List<String> ranked = List.of();
  private static String shown = "";
  private static List<?> clipped = List.of();

  /** One analysis, printed as a user prints it. */
  @BeforeAll
  static void print() throws IOException {
    stack().publishVolumes();
    try (InferencePage user = InferencePage.wide(chromium(), stack().gateway()).open()) {
      Page page = user.page();
      user.model(PageStack.VOLUMES).choose(stack().volume());
      Request upload = page.waitForRequest("**/input", user::run);
      session = upload.url().replaceFirst(".*/sessions/([0-9a-f]+)/input", "$1");
      label = user.label();
      ranked =
          page.locator("#result-body > .ranking li").allInnerTexts().stream()
              .map(PageReportIT::words)
              .toList();
      page.pdf(new Page.PdfOptions().setFormat("A4").setPrintBackground(true).setPath(FILE));
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      page.setViewportSize(PAPER_PIXELS, 900);
      shown = page.locator("body").innerText();
      clipped = (List<?>) page.evaluate(CLIPPED);
    }
    printed = PrintedPages.read(FILE);
  }

  /** What is left of A4 between the margins, at 96 pixels an inch. */
  private static final int PAPER_PIXELS = 673;

  private static final String CLIPPED =
      """
      () => [...document.querySelectorAll("body *")]
        .filter((e) => e.checkVisibility() && e.clientWidth > 1)
        .filter((e) => getComputedStyle(e).overflowX !== "visible")
        .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
        .map((e) => e.outerHTML.slice(0, 100))
      """;

  private static String words(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static String paper() {
    return words(printed.text());
  }

  @Test
  void report_always_hasWhatAClinicianFiles() throws IOException {
    String version;
    try (GatewayClient gateway = new GatewayClient(stack().gateway(), Optional.empty())) {
      version = gateway.find(PageStack.VOLUMES).version();
    }

    assertThat(session).hasSize(32);
    assertThat(ranked).hasSize(5).allMatch(each -> each.contains("%"));
    assertThat(paper())
        .contains(words(label), PageStack.VOLUMES, version, session)
        .contains(ranked)
        .contains(String.valueOf(stack().volume().getFileName()))
        .contains(words("Research-grade and not audited: not for patient data."));
  }

  @Test
  void report_always_saysWhenWithItsTimeZone() {
    Matcher time = TIME.matcher(printed.text().replaceAll("\\s+", " "));

    assertThat(time.find()).as(printed.text()).isTrue();
    ZonedDateTime said =
        ZonedDateTime.parse(
            time.group(), DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss z", Locale.UK));
    assertThat(Duration.between(said, ZonedDateTime.now(said.getZone())))
        .isBetween(Duration.ZERO, Duration.ofMinutes(10));
  }

  @Test
  void report_always_hasEveryWordThatIsToBePrintedAndNoControl() {
    assertThat(shown.split("\\s+")).hasSizeGreaterThan(100).allMatch(paper()::contains);
    assertThat(clipped).as("elements that cut something off").isEmpty();
    assertThat(paper()).doesNotContain("Print", "Analyseprivately", "Download");
  }

  @Test
  void report_ofAVolume_isOnePageWithItsThreeSlices() {
    assertThat(printed.pages()).hasSize(1);
    assertThat(printed.pages().getFirst().pictures()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void layout_everything_isWithinTheMargins() {
    for (PrintedPages.Sheet sheet : printed.pages()) {
      Rectangle2D inner =
          new Rectangle2D.Double(
              MARGIN,
              MARGIN,
              sheet.size().getWidth() - 2 * MARGIN,
              sheet.size().getHeight() - 2 * MARGIN);
      assertThat(sheet.glyphs())
          .hasSizeGreaterThan(500)
          .noneMatch(glyph -> glyph.place().isEmpty());
      assertThat(marks(sheet)).allMatch(mark -> inner.contains(mark.place()));
    }
  }

  @Test
  void layout_everything_standsApart() {
    for (PrintedPages.Sheet sheet : printed.pages()) {
      List<PrintedPages.Mark> marks = marks(sheet);
      List<String> overlaps = new ArrayList<>();
      for (int i = 0; i < marks.size(); i++) {
        for (int k = 0; k < i; k++) {
          if (smaller(marks.get(i)).intersects(smaller(marks.get(k)))) {
            overlaps.add(marks.get(k) + " and " + marks.get(i));
          }
        }
      }
      assertThat(overlaps).isEmpty();
    }
  }

  private static List<PrintedPages.Mark> marks(PrintedPages.Sheet sheet) {
    List<PrintedPages.Mark> all = new ArrayList<>(sheet.glyphs());
    all.addAll(sheet.pictures());
    return all;
  }

  private static Rectangle2D smaller(PrintedPages.Mark mark) {
    Rectangle2D place = mark.place();
    return new Rectangle2D.Double(
        place.getX() + place.getWidth() * SMALLER,
        place.getY() + place.getHeight() * SMALLER,
        place.getWidth() * (1 - 2 * SMALLER),
        place.getHeight() * (1 - 2 * SMALLER));
  }
}
