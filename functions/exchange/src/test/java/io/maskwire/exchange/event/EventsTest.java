package io.maskwire.exchange.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
  private static final SessionId SESSION = SessionIds.parse("00112233445566778899aabbccddeeff");
  private static final ModelVersionName NAME =
      new ModelVersionName("fmri-net", "0123456789abcdef0123456789abcdef");
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final byte[] KEY = {4, 1, 2, 3};

  /** The bytes on the wire: whoever changes them needs a new version of the type. */
  private static final String OPENED =
      """
      {"session":"00112233445566778899aabbccddeeff","model":"fmri-net",\
      "version":"0123456789abcdef0123456789abcdef","resultKey":"04010203",\
      "expires":"2026-01-02T03:04:05Z"}""";

  @Test
  void toJson_sessionOpened_isTheFrozenForm() {
    assertThat(new SessionOpened(SESSION, NAME, KEY, TIME).toJson()).asString().isEqualTo(OPENED);
  }

  @Test
  void toJson_modelRetired_isWhatItsSchemaAsksFor() throws IOException {
    JsonObject event =
        JsonObject.parse(new ModelRetired(NAME).toJson(), "the event 'model retired'");
    try (InputStream in = EventsTest.class.getResourceAsStream("model-retired.v1.schema.json")) {
      JsonObject schema =
          JsonObject.parse(Objects.requireNonNull(in).readAllBytes(), "the event's schema");

      assertThat(schema.text("title")).isEqualTo(EventType.MODEL_RETIRED);
      for (JsonNode field : schema.tree().path("required")) {
        assertThat(event.text(field.asText()))
            .matches(
                schema.tree().path("properties").path(field.asText()).path("pattern").asText());
      }
      assertThat(schema.tree().path("required")).hasSize(event.tree().size());
    }
  }

  static Stream<Function<byte[], byte[]>> codecs() {
    return Stream.of(
        bytes -> SessionOpened.fromJson(bytes).toJson(),
        bytes -> SessionEnded.fromJson(bytes).toJson(),
        bytes -> InputUploaded.fromJson(bytes).toJson());
  }

  @Test
  void fromJson_whatToJsonWrote_isTheSameEvent() {
    byte[] opened = new SessionOpened(SESSION, NAME, KEY, TIME).toJson();
    byte[] uploaded = new InputUploaded(SESSION, NAME, KEY).toJson();

    assertThat(ModelRetired.fromJson(new ModelRetired(NAME).toJson()).name()).isEqualTo(NAME);
    assertThat(SessionOpened.fromJson(opened).toJson()).isEqualTo(opened);
    assertThat(InputUploaded.fromJson(uploaded).toJson()).isEqualTo(uploaded);
    for (SessionEnded.Outcome outcome : SessionEnded.Outcome.values()) {
      SessionEnded ended = new SessionEnded(SESSION, NAME, outcome);
      assertThat(SessionEnded.fromJson(ended.toJson())).isEqualTo(ended);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void fromJson_malformed_isRefused(Function<byte[], byte[]> codec) {
    for (String text :
        new String[] {
          "",
          "null",
          "[]",
          "{}",
          "{",
          OPENED.replace("0011", "zz11"),
          OPENED.replace("\"session\"", "\"other\""),
          OPENED.replace("fmri-net", "../escape"),
          OPENED.replace("\"fmri-net\"", "7"),
          OPENED.replace("0123456789abcdef", "0123"),
        }) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(() -> codec.apply(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "00112233445566778899aabbccddeef", "xx112233445566778899aabbccddeeff"})
  void parse_noSessionId_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SessionIds.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a_b", "-a", "a-", "a--b", "a/b", "..", "a.b"})
  void requireModel_noName_isRefused(String model) {
    assertThatIllegalArgumentException().isThrownBy(() -> ModelVersionName.requireModel(model));
  }

  @Test
  void requireModel_longestName_isAllowed() {
    assertThat(ModelVersionName.requireModel("a".repeat(63))).hasSize(63);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelVersionName.requireModel("a".repeat(64)));
  }
}
