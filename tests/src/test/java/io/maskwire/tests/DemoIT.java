package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
}
