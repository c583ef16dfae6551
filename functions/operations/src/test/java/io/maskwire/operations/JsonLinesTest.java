package io.maskwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.event.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @Test
  void format_recordWithContextAndException_isOneObjectOnOneLine() {
    ExtLogRecord entry = new ExtLogRecord(Level.WARN, "a \"quoted\"\nmessage", "Test");
    entry.setLoggerName("audit");
    entry.setMdc(Map.of("session", "abc"));
    entry.setThrown(new IllegalStateException("broken"));
    String line = new JsonLines().format(entry);
    assertThat(line.strip()).doesNotContain("\n");
    JsonObject json = JsonObject.parse(line.getBytes(StandardCharsets.UTF_8), "a line");
    assertThat(json.text("level")).isEqualTo("WARN");
    assertThat(json.text("logger")).isEqualTo("audit");
    assertThat(json.text("message")).isEqualTo("a \"quoted\"\nmessage");
    assertThat(json.text("session")).isEqualTo("abc");
    assertThat(json.text("exception")).contains("IllegalStateException: broken");
  }
}
