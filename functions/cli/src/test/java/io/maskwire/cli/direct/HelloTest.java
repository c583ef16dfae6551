package io.maskwire.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HelloTest {
  private static final SessionBinding ZERO =
      new SessionBinding(0, Parties.PROGRAM, Parties.SESSION);
  private static final SessionBinding ONE = new SessionBinding(1, Parties.PROGRAM, Parties.SESSION);

  @Test
  void encode_roleOne_isTheFrozenLayout() {
    assertThat(HexFormat.of().formatHex(Hello.encode(ONE)))
        .isEqualTo("4d574401" + "01" + "ab".repeat(32) + "cd".repeat(16));
  }

  @Test
  void disagreement_counterpart_isNone() throws IOException {
    assertThat(disagreement(Hello.encode(ONE))).isEmpty();
  }

  @Test
  void disagreement_sameRole_isNamed() throws IOException {
    assertThat(disagreement(Hello.encode(ZERO))).get().asString().contains("peer has role 0");
  }

  @Test
  void disagreement_otherProgram_namesBoth() throws IOException {
    String other = "ef".repeat(32);
    byte[] hello = Hello.encode(new SessionBinding(1, other, Parties.SESSION));

    assertThat(disagreement(hello)).get().asString().contains(other, Parties.PROGRAM);
  }

  @Test
  void disagreement_otherSession_namesBoth() throws IOException {
    String other = "ef".repeat(16);
    byte[] hello = Hello.encode(new SessionBinding(1, Parties.PROGRAM, other));

    assertThat(disagreement(hello)).get().asString().contains(other, Parties.SESSION);
  }

  @Test
  void disagreement_laterVersion_isNamedThoughItsLayoutDiffers() throws IOException {
    assertThat(disagreement(new byte[] {'M', 'W', 'D', 2})).get().asString().contains("version 2");
  }

  @Test
  void disagreement_otherMagic_isNoParty() throws IOException {
    byte[] hello = Hello.encode(ONE);
    hello[0] = 'X';

    assertThat(disagreement(hello)).contains("the peer is no maskwire party");
  }

  @Test
  void disagreement_truncatedAnywhere_isEndOfFile() {
    byte[] hello = Hello.encode(ONE);
    for (int length = 0; length < hello.length; length++) {
      byte[] truncated = Arrays.copyOf(hello, length);
      assertThatThrownBy(() -> disagreement(truncated)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void binding_malformed_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionBinding(2, Parties.PROGRAM, Parties.SESSION));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionBinding(0, "ab", Parties.SESSION));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionBinding(0, Parties.PROGRAM, "CD".repeat(16)));
  }

  private static Optional<String> disagreement(byte[] hello) throws IOException {
    return Hello.disagreement(new ByteArrayInputStream(hello), ZERO);
  }
}
