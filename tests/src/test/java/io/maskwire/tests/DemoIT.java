package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.cli.demo.DemoModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * {@code maskwire demo} with the model that it keeps for later runs, as users have it: trained here
 * if it is not there yet.
 */
class DemoIT {
  private static final String LABEL = "Default mode, precuneus";
  private static final int KEY_BYTES = 400_000;
  private static final int ROUNDS = 10;

  @Test
  void demo_json_isRightExactAndSmall() {
    JsonNode json = Cli.run("demo", "--in-process", "--json").json();

    assertThat(json.get("label").asText()).isEqualTo(LABEL);
    assertThat(json.get("bitExact").booleanValue()).isTrue();
    assertThat(json.get("maxAbsError").doubleValue()).isBetween(0.0, 0.01);
    assertThat(json.get("output")).hasSize(58);
    assertThat(json.get("warnings")).isEmpty();
    assertThat(json.get("rounds").intValue()).isBetween(1, ROUNDS);
    JsonNode keys = json.get("keyBytes");
    assertThat(keys).allMatch(bytes -> bytes.longValue() > 0).hasSize(3);
    assertThat(
            keys.get("common").longValue()
                + keys.get("party0").longValue()
                + keys.get("party1").longValue())
        .isLessThanOrEqualTo(KEY_BYTES);
    assertThat(json.get("onlineBytes").get("input").longValue()).isPositive();
    assertThat(json.get("onlineBytes").get("openings").longValue()).isPositive();
    for (String phase : new String[] {"compile", "deal", "offline", "online"}) {
      assertThat(json.get("millis").get(phase).doubleValue()).as(phase).isPositive();
    }
  }

  @Test
  void infer_oneAnatomyInThreeOrdersOfAxes_hasOneResult() throws IOException {
    Path volumes = ReferenceData.path("../cases/volumes");
    DemoModel demo = DemoModel.prepare(cache(), (step, fraction) -> {});

    Outcome outcome =
        Cli.run(
            "infer",
            demo.onnx(),
            volumes.resolve("left_RAS.nii.gz"),
            volumes.resolve("left_LAS.nii.gz"),
            volumes.resolve("left_LPS.nii.gz"),
            "--labels",
            demo.labels(),
            "--json");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.json()).hasSize(3);
    assertThat(outcome.json())
        .allMatch(each -> each.get("output").equals(outcome.json().get(0).get("output")))
        .allMatch(each -> each.get("label").asText().toLowerCase(Locale.ROOT).contains("left"));
  }

  /** Where the command keeps its model. */
  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("maskwire");
  }
}
