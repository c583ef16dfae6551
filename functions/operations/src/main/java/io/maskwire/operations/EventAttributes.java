package io.maskwire.operations;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Attributes of a CloudEvent in Kafka's binary mode. Functions read them here, and their channels
 * have {@code cloud-events=false}: an event that the connector cannot parse would end its channel,
 * after which nothing comes any more.
 */
public final class EventAttributes {
  /** What attributes start with in Kafka headers. */
  private static final String PREFIX = "ce_";

  private final Headers headers;

  private EventAttributes(Headers headers) {
    this.headers = headers;
  }

  /**
   * Those of {@code message}.
   *
   * @throws IllegalArgumentException if it is no CloudEvent of version 1.0
   */
  public static EventAttributes of(Message<?> message) {
    return of(
        message
            .getMetadata(IncomingKafkaRecordMetadata.class)
            .orElseThrow(() -> new IllegalArgumentException("the message is no record of Kafka"))
            .getHeaders());
  }

  /**
   * Those in {@code headers}.
   *
   * @throws IllegalArgumentException if they are of no CloudEvent of version 1.0
   */
  public static EventAttributes of(Headers headers) {
    EventAttributes attributes = new EventAttributes(headers);
    if (!attributes.required("specversion").equals("1.0")) {
      throw new IllegalArgumentException("the record is no CloudEvent of version 1.0");
    }
    return attributes;
  }

  /** An attribute, if it is there. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(headers.lastHeader(PREFIX + name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  /**
   * An attribute that must be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  public String required(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("the record is no CloudEvent: no '" + name + "'"));
  }

  /** What happened. */
  public String type() {
    return required("type");
  }

  /** What it happened to, if the event says so. */
  public Optional<String> subject() {
    return find("subject");
  }
}
