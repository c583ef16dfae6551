package io.maskwire.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @Test
  void parse_nameAndPort_areSplit() {
    assertThat(HostPort.parse("owner.example:7000"))
        .isEqualTo(new HostPort("owner.example", 7000))
        .hasToString("owner.example:7000");
  }

  @Test
  void parse_bracketedAddress_losesItsBrackets() {
    assertThat(HostPort.parse("[::1]:7000"))
        .isEqualTo(new HostPort("::1", 7000))
        .hasToString("[::1]:7000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", ":7000", "host:", "host:x", "host:-1", "host:65536", "::1:7"})
  void parse_anythingElse_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
  }
}
