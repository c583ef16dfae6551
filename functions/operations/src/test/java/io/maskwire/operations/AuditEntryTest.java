package io.maskwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

  private static String json(AuditEntry entry) {
    return new String(entry.toJson(Instant.EPOCH, "party0"), StandardCharsets.UTF_8);
  }

  @Test
  void toJson_hasWhatIsThere() {
    assertThat(json(AuditEntry.ofSession("other-input", "0af7", "two inputs")))
        .isEqualTo(
            """
            {"time":"1970-01-01T00:00:00Z","function":"party0","reason":"other-input",\
            "session":"0af7","detail":"two inputs"}""");
    assertThat(json(AuditEntry.ofRequest("no-token", "GET /masks", "no token")))
        .isEqualTo(
            """
            {"time":"1970-01-01T00:00:00Z","function":"party0","reason":"no-token",\
            "request":"GET /masks","detail":"no token"}""");
  }

  @Test
  void ofSession_longerThanAnId_isCut() {
    assertThat(AuditEntry.ofSession("foreign-token", "f".repeat(1000), "").session())
        .isEqualTo("f".repeat(32));
  }
}
