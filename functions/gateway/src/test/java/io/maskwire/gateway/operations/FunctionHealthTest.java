package io.maskwire.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FunctionHealthTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

  @Test
  void all_everyKindOfFunction_saysHowEachIs() {
    try (FakeFunctions fakes = new FakeFunctions()) {
      FunctionHealth health =
          new FunctionHealth(
              Map.of(
                  "compiler", fakes.up(),
                  "dealer", fakes.degraded(),
                  "party0", fakes.hanging(),
                  "party1", NOBODY));

      List<FunctionStatus> all = health.all();

      assertThat(all)
          .extracting(FunctionStatus::name)
          .containsExactly("compiler", "dealer", "party0", "party1");
      assertThat(all)
          .extracting(FunctionStatus::state)
          .containsExactly(
              FunctionStatus.State.UP,
              FunctionStatus.State.DEGRADED,
              FunctionStatus.State.DOWN,
              FunctionStatus.State.DOWN);
      assertThat(all.get(1).failedChecks()).containsExactly("store");
      assertThat(all.get(0).failedChecks()).isEmpty();
      assertThat(all.get(0).refusals())
          .containsOnly(Map.entry("no-token", 3L), Map.entry("foreign-token", 4L));
      assertThat(all.get(2).millis()).isGreaterThanOrEqualTo(1_900);
    }
  }

  @Test
  void stock_dealerUnknownOrAway_isUnavailable() {
    for (FunctionHealth health :
        List.of(new FunctionHealth(Map.of()), new FunctionHealth(Map.of("dealer", NOBODY)))) {
      assertThatThrownBy(health::stock)
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE));
    }
  }
}
