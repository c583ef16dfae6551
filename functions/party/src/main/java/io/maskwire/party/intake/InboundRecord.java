package io.maskwire.party.intake;

import java.util.Map;
import java.util.Optional;

/**
 * A record as the broker delivers it, before anything about it is believed.
 *
 * @param topic where it was
 * @param key empty if it has none
 * @param headers names and values of those that are text
 * @param data may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record InboundRecord(String topic, String key, Map<String, String> headers, byte[] data) {
  /** What CloudEvents attributes start with in Kafka headers. */
  private static final String PREFIX = "ce_";

  /** A CloudEvents attribute, if it is there. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(headers.get(PREFIX + name));
  }

  @Override
  public String toString() {
    return "InboundRecord[%s, key %s, %d bytes]".formatted(topic, key, data.length);
  }
}
