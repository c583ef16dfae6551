package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.maskwire.tests.ReferenceData;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Volumes on the page: orders of axes, pairs of files, and files that browsers alone cannot read.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageVolumeIT extends PageCase {
  /** A model of eight voxels that declares no orientation; its result is its input. */
  private static final String UNDECLARED = "eight-voxels";

  @BeforeAll
  static void publish() throws IOException {
    stack().publishVolumes();
    stack().publishOnce(UNDECLARED, cases("m.onnx"), "--input-bound", 70_000);
  }

  private static Path cases(String name) {
    return ReferenceData.path("../cases/volumes/" + name);
  }

  private static InferencePage page() {
    return InferencePage.wide(chromium(), stack().gateway()).open();
  }

  private static Locator doubts(InferencePage page) {
    return page.page().locator("#yours [data-doubt]");
  }

  @Test
  void choose_modelWithoutOrientation_saysTheFilesOrderBesideTheImage() {
    try (InferencePage page = page()) {
      page.model(UNDECLARED).choose(cases("las.nii"));

      assertThat(doubts(page).textContent())
          .contains("in order LAS", "left and right may be exchanged");
      page.run().label();
      assertThat(page.page().locator("#report").textContent()).contains("in order LAS");
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void infer_oneAnatomyInThreeOrders_hasOneLabelWithoutADoubt() {
    String expected = stack().expected(PageStack.VOLUMES, cases("left_RAS.nii.gz"));
    for (String order : new String[] {"RAS", "LAS", "LPS"}) {
      try (InferencePage page = page()) {
        page.model(PageStack.VOLUMES).choose(cases("left_" + order + ".nii.gz"));
        assertThat(doubts(page).count()).isZero();

        assertThat(page.run().label()).as(order).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"n2.nii", "multi.nii.gz", "trail.nii.gz", "slopenan.nii", "interNan.nii"})
  void infer_handedFile_isAsOnTheCommandLine(String name) {
    try (InferencePage page = page()) {
      page.model(UNDECLARED).choose(cases(name)).run();

      assertThat(page.label()).isEqualTo(stack().expected(UNDECLARED, cases(name)));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void choose_bothFilesOfAPair_isTheVolume() {
    try (InferencePage page = page()) {
      page.model(UNDECLARED).awaitModels();
      page.page().locator("#file").setInputFiles(new Path[] {cases("pair.img"), cases("pair.hdr")});
      page.page().locator("#run:enabled").waitFor();

      assertThat(page.run().label()).isEqualTo(stack().expected(UNDECLARED, cases("pair.hdr")));
    }
  }

  @Test
  void choose_halfAPairOrTwoVolumes_saysWhatToChoose() {
    try (InferencePage page = page()) {
      page.model(UNDECLARED).offer(cases("pair.hdr"));
      assertThat(page.trouble()).isEqualTo("bad-file");
      assertThat(page.page().locator("[data-trouble]").textContent()).contains("choose its .img");

      page.page().locator("#file").setInputFiles(new Path[] {cases("ras.nii"), cases("las.nii")});
      page.page().locator("[data-trouble=several-files]").waitFor();
    }
  }
}
