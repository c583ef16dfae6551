package io.maskwire.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.bench.StartupTime.Summary;
import org.junit.jupiter.api.Test;

class StartupTimeTest {
  private final StartupTime.Collector collector = new StartupTime.Collector();

  private static JsonNode start(String instance, int ready, int processor, int started) {
    return json(
        "{\"instance\": \"%s\", \"readyMillis\": %d, \"processorMillis\": %d, \"startedMillis\": %d}"
            .formatted(instance, ready, processor, started));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void times_severalStarts_areMedianAndWorstOfEachInstance() {
    collector.add(start("gateway", 900, 1900, 500));
    collector.add(start("dealer", 700, 1700, 400));
    collector.add(start("gateway", 2000, 3000, 1100));
    collector.add(start("gateway", 800, 1800, 450));

    assertThat(collector.times())
        .containsExactly(
            new StartupTime(
                "gateway", new Summary(900, 2000), new Summary(1900, 3000), new Summary(500, 1100)),
            new StartupTime(
                "dealer", new Summary(700, 700), new Summary(1700, 1700), new Summary(400, 400)));
  }

  @Test
  void add_startWithoutQuarkusOwnFigure_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                collector.add(
                    json("{\"instance\": \"dealer\", \"readyMillis\": 1, \"processorMillis\": 1}")))
        .withMessageContaining("startedMillis");
  }
}
