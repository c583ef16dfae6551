package io.maskwire.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.inference.Comparison;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.InputWarning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InferenceReportTest {
  private static final String LONG = "a long name ".repeat(12);

  private static InferenceReport report(String input, String label) {
    return report(input, label, 1e9);
  }

  private static InferenceReport report(String input, String label, double compileMillis) {
    return report(input, label, compileMillis, Comparison.noOriginal());
  }

  private static InferenceReport report(
      String input, String label, double compileMillis, Comparison comparison) {
    FloatTensor output = FloatTensor.takeOwnershipOf(Shape.of(1, 3), new float[] {-1e9f, 3e30f, 2});
    return new InferenceReport(
        input,
        new Labels(List.of("first", label, "third"), false, Optional.of(3)),
        new InferenceResult(
            List.of(output),
            Optional.of(false),
            1234,
            new InferenceResult.KeyBytes(1L << 50, 1L << 50, 1L << 50),
            new InferenceResult.OnlineBytes(1L << 50, 1L << 50),
            new InferenceResult.Millis(compileMillis, 1e9, 1e9)),
        comparison,
        compileMillis);
  }

  @Test
  void toText_longNamesAndLargeNumbers_fitsATerminal() {
    String text = report(LONG + ".nii.gz", LONG).toText();

    assertThat(text).contains("…", "  1. a long name", "  2. third", "  3. first", "NO");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void toJson_warnings_areSentences() {
    InferenceReport report =
        report("a.nii", "two").withWarnings(List.of(new InputWarning("a.nii", "is in order LPS")));

    assertThat(report.toJson().get("warnings").toString()).isEqualTo("[\"a.nii is in order LPS\"]");
    assertThat(report("a.nii", "two").toJson().get("warnings")).isEmpty();
  }

  @Test
  void toText_ordinaryNames_areWhole() {
    assertThat(report("2.jpg", "two").toText()).startsWith("2.jpg: two" + System.lineSeparator());
  }

  @Test
  void toText_compiledAndDealtElsewhere_saysNothingOfTheirTimes() {
    assertThat(report("2.jpg", "two").toText()).contains("time: compile", "time: deal");
    assertThat(report("2.jpg", "two", 0).toText())
        .contains("time: offline", "time: online")
        .doesNotContain("time: compile", "time: deal");
  }

  @Test
  void toText_notCompared_saysWhyInLinesThatFit() {
    String text = report("a", "b", 1, Comparison.notCompared(LONG + "x".repeat(200))).toText();

    assertThat(text).contains("not compared: a long name").doesNotContain("largest difference");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void toJson_notCompared_hasAFieldForItAndNoAgreement() {
    ObjectNode json = report("a", "b", 1, Comparison.notCompared("because")).toJson();

    assertThat(json.get("comparison").asText()).isEqualTo("not compared");
    assertThat(json.get("comparisonReason").asText()).isEqualTo("because");
    assertThat(json.get("agreesWithFloat").isNull()).isTrue();
    assertThat(json.get("maxAbsError").isNull()).isTrue();
  }
}
