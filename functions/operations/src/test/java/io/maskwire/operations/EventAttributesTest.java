package io.maskwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventAttributesTest {
  private final RecordHeaders headers = new RecordHeaders();

  private void header(String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void of_event_hasItsAttributes() {
    header("ce_specversion", "1.0");
    header("ce_type", "t");
    header("ce_round", "3");

    EventAttributes attributes = EventAttributes.of(headers);

    assertThat(attributes.type()).isEqualTo("t");
    assertThat(attributes.find("round")).contains("3");
    assertThat(attributes.subject()).isEmpty();
  }

  @Test
  void of_eventWithAttributesThatCannotBeRead_isLetThrough() {
    header("ce_specversion", "1.0");
    header("ce_type", "t");
    header("ce_time", "yesterday");
    headers.add("ce_subject", null);

    assertThat(EventAttributes.of(headers).subject()).isEmpty();
  }

  @Test
  void of_otherRecord_isRefused() {
    assertThatThrownBy(() -> EventAttributes.of(headers)).hasMessageContaining("specversion");
    header("ce_specversion", "2");

    assertThatThrownBy(() -> EventAttributes.of(headers)).hasMessageContaining("1.0");
  }

  @Test
  void type_missing_isRefused() {
    header("ce_specversion", "1.0");

    assertThatThrownBy(() -> EventAttributes.of(headers).type()).hasMessageContaining("'type'");
  }
}
