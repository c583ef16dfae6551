package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes of a node by name and type. */
public final class Attributes {
  private final String node;
  private final Map<String, AttributeProto> byName = new HashMap<>();
  private final Set<String> read = new HashSet<>();

  /** The attributes of {@code node}. */
  public Attributes(NodeProto node) {
    this.node = node.getName();
    node.getAttributeList().forEach(attribute -> byName.put(attribute.getName(), attribute));
  }

  /** True if the node has it. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** True if the node has it as text. */
  public boolean isText(String name) {
    AttributeProto attribute = byName.get(name);
    return attribute != null && attribute.getType() == AttributeProto.AttributeType.STRING;
  }

  /** Names of those whose values somebody wanted, be they there or not. */
  public Set<String> read() {
    return Set.copyOf(read);
  }

  /** A whole number. */
  public int integer(String name, int otherwise) {
    return find(name, AttributeProto.AttributeType.INT)
        .map(attribute -> narrow(attribute.getI()))
        .orElse(otherwise);
  }

  /** A real number. */
  public float real(String name, float otherwise) {
    return find(name, AttributeProto.AttributeType.FLOAT)
        .map(AttributeProto::getF)
        .orElse(otherwise);
  }

  /** A string. */
  public String text(String name, String otherwise) {
    return find(name, AttributeProto.AttributeType.STRING)
        .map(attribute -> attribute.getS().toStringUtf8())
        .orElse(otherwise);
  }

  /** Whole numbers, {@code otherwise} if absent. */
  public int[] integers(String name, int... otherwise) {
    return find(name, AttributeProto.AttributeType.INTS)
        .map(attribute -> attribute.getIntsList().stream().mapToInt(i -> narrow(i)).toArray())
        .orElse(otherwise);
  }

  /** A constant. */
  public Optional<TensorProto> tensor(String name) {
    return find(name, AttributeProto.AttributeType.TENSOR).map(AttributeProto::getT);
  }

  /** Real numbers, empty if absent. */
  public float[] reals(String name) {
    return find(name, AttributeProto.AttributeType.FLOATS)
        .map(
            attribute -> {
              float[] values = new float[attribute.getFloatsCount()];
              for (int i = 0; i < values.length; i++) {
                values[i] = attribute.getFloats(i);
              }
              return values;
            })
        .orElse(new float[0]);
  }

  private static int narrow(long value) {
    // "to the end" is written as the largest long
    return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private Optional<AttributeProto> find(String name, AttributeProto.AttributeType type) {
    read.add(name);
    AttributeProto attribute = byName.get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    if (attribute.getType() != type
        && attribute.getType() != AttributeProto.AttributeType.UNDEFINED) {
      throw new CorruptModelException(
          "node '%s': attribute '%s' is %s, not %s"
              .formatted(node, name, attribute.getType(), type));
    }
    return Optional.of(attribute);
  }
}
