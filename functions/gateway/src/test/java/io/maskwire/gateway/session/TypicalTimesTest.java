package io.maskwire.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.ModelVersionName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TypicalTimesTest {
  private static final ModelVersionName OTHER = new ModelVersionName("other", "1".repeat(32));

  private final TypicalTimes times = new TypicalTimes();

  private void add(int... millis) {
    for (int each : millis) {
      times.add(TestGateway.NAME, Duration.ofMillis(each));
    }
  }

  @Test
  void median_noSession_isEmpty() {
    add(1);
    assertThat(times.median(OTHER)).isEmpty();
  }

  @Test
  void median_severalSessions_isTheOneInTheMiddle() {
    add(900, 100, 200);
    assertThat(times.median(TestGateway.NAME)).contains(Duration.ofMillis(200));
    add(300);
    assertThat(times.median(TestGateway.NAME)).contains(Duration.ofMillis(300));
  }

  @Test
  void median_manySessions_isOfTheLatest() {
    for (int i = 0; i < 100; i++) {
      add(5);
    }
    for (int i = 0; i < 32; i++) {
      add(7);
    }
    assertThat(times.median(TestGateway.NAME)).contains(Duration.ofMillis(7));
  }
}
