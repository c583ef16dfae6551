package io.maskwire.exchange.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.exchange.ModelVersionName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A JSON object that says which field is missing or wrong. Field by field, without reflection: what
 * events need, and nothing that a native image would have to be told.
 */
public final class JsonObject {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode node;
  private final String what;

  private JsonObject(ObjectNode node, String what) {
    this.node = node;
    this.what = what;
  }

  /** An empty object. */
  public static JsonObject create() {
    return new JsonObject(MAPPER.createObjectNode(), "a new object");
  }

  /**
   * Reads {@code bytes}.
   *
   * @param what names them in messages
   * @throws IllegalArgumentException if they are no JSON object
   */
  public static JsonObject parse(byte[] bytes, String what) {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode node) {
        return new JsonObject(node, what);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(what + " is no JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(what + " is no JSON object");
  }

  private JsonNode field(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("%s lacks '%s'".formatted(what, name));
    }
    return value;
  }

  /** A text field. */
  public String text(String name) {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'%s' of %s is no text".formatted(name, what));
    }
    return value.textValue();
  }

  /** A whole number. */
  public long number(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("'%s' of %s is no whole number".formatted(name, what));
    }
    return value.longValue();
  }

  /** A number, if it is there. */
  public Optional<Double> optionalDouble(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException("'%s' of %s is no number".formatted(name, what));
    }
    return Optional.of(value.doubleValue());
  }

  /** A time, as ISO 8601. */
  public Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' of %s is no time".formatted(name, what), e);
    }
  }

  /** Bytes, as hexadecimal digits. */
  public byte[] bytes(String name) {
    try {
      return HexFormat.of().parseHex(text(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s' of %s is not hexadecimal".formatted(name, what), e);
    }
  }

  /** The fields {@code model} and {@code version}. */
  public ModelVersionName modelVersion() {
    return new ModelVersionName(text("model"), text("version"));
  }

  /** Adds a text. */
  public JsonObject put(String name, String value) {
    node.put(name, value);
    return this;
  }

  /** Adds a number. */
  public JsonObject put(String name, long value) {
    node.put(name, value);
    return this;
  }

  /** Adds a number. */
  public JsonObject put(String name, double value) {
    node.put(name, value);
    return this;
  }

  /** Adds a time. */
  public JsonObject put(String name, Instant value) {
    return put(name, value.toString());
  }

  /** Adds bytes, as hexadecimal digits. */
  public JsonObject put(String name, byte[] value) {
    return put(name, HexFormat.of().formatHex(value));
  }

  /** Adds the fields {@code model} and {@code version}. */
  public JsonObject put(ModelVersionName name) {
    return put("model", name.model()).put("version", name.version());
  }

  /** The object as a tree, for what is not covered here. */
  public ObjectNode tree() {
    return node;
  }

  /** The object's bytes. */
  public byte[] toBytes() {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
