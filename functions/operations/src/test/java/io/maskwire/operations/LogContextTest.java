package io.maskwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogContextTest {
  @Test
  void ofSession_untilClosed_isAFieldOfTheThreadsLines() {
    try (var _ = LogContext.ofSession("abc")) {
      assertThat(MDC.getMap()).containsEntry("session", "abc");
    }

    assertThat(MDC.getMap()).doesNotContainKey("session");
  }
}
