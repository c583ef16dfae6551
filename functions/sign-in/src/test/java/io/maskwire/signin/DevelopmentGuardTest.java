package io.maskwire.signin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentGuardTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
  void require_loopback_isFine(String host) {
    assertThatCode(() -> DevelopmentGuard.require(host, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example"})
  void require_othersMayReachIt_isRefused(String host) {
    assertThatIllegalStateException()
        .isThrownBy(() -> DevelopmentGuard.require(host, false))
        .withMessageContaining(host)
        .withMessageContaining("maskwire.sign-in.mode=oidc");
  }

  @Test
  void require_containerWhosePortIsOnLoopback_isFine() {
    assertThatCode(() -> DevelopmentGuard.require("0.0.0.0", true)).doesNotThrowAnyException();
  }
}
