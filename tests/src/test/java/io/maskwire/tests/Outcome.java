package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * How a command ended.
 *
 * @param code exit code
 * @param out what it printed for its user
 * @param err what it said besides
 */
public record Outcome(int code, String out, String err) {

  /** The JSON of a command that succeeded; nothing but it may be on the standard output. */
  public JsonNode json() {
    assertThat(code).as(err).isZero();
    return jsonWhateverTheCode();
  }

  JsonNode jsonWhateverTheCode() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + out + err, e);
    }
  }

  /** Fails unless a party gave up because its peer was gone. */
  void lostItsPeer() {
    assertThat(code).as(err).isEqualTo(1);
    assertThat(out).isEmpty();
    // Which of the two depends on whether the party was sending at that moment.
    assertThat(err.lines().toList().getLast())
        .matches("maskwire: (the peer closed the connection|the connection to the peer ended: .*)");
    assertThat(err).doesNotContain("a bug, please report", "\tat ");
  }

  /** Fails unless the command ended with {@code expected} and a message for people. */
  public Outcome refused(int expected, String... words) {
    assertThat(code).as(err).isEqualTo(expected);
    assertThat(out).isEmpty();
    assertThat(err)
        .contains(words)
        .startsWith("maskwire: ")
        .doesNotContain("a bug, please report", "\tat ", "Exception");
    return this;
  }
}
