package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Every place that the format of ONNX files has around the values of one model: each field of each
 * message, a field that the format does not know, and new messages with marks in all of their
 * fields.
 */
final class MarkedPlaces {
  /** Of new messages in new messages: a function's node's attribute's tensor's segment. */
  private static final int LARGEST_DEPTH = 5;

  private static final int UNKNOWN_FIELD = 9999;

  private final ModelProto model;
  private final List<Place> places = new ArrayList<>();

  private MarkedPlaces(ModelProto model) {
    this.model = model;
  }

  /**
   * The model with a mark in one place.
   *
   * @param name path of the field, with positions
   * @param field full name of the field in the format
   */
  record Place(String name, String field, ModelProto model) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A field of a message in the model; position -1 if it is not repeated. */
  private record Step(FieldDescriptor field, int position) {
    Message.Builder in(Message.Builder message) {
      return position < 0
          ? message.getFieldBuilder(field)
          : message.getRepeatedFieldBuilder(field, position);
    }

    @Override
    public String toString() {
      return position < 0 ? field.getName() : field.getName() + "[" + position + "]";
    }
  }

  static List<Place> of(ModelProto model) {
    MarkedPlaces places = new MarkedPlaces(model);
    places.visit(model, List.of());
    return places.places;
  }

  private void visit(Message message, List<Step> path) {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                UNKNOWN_FIELD,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(Marks.TEXT))
                    .addVarint(Marks.WHOLE)
                    .addFixed32(Float.floatToIntBits(Marks.REAL))
                    .build())
            .build();
    add(path, "unknown", "unknown", builder -> builder.setUnknownFields(unknown));
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      for (Object value : marked(field, LARGEST_DEPTH)) {
        add(path, field.getName(), field.getFullName(), builder -> put(builder, field, value));
      }
      if (field.getJavaType() == JavaType.MESSAGE) {
        int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : 0;
        for (int i = 0; i < count; i++) {
          visit((Message) message.getRepeatedField(field, i), path(path, new Step(field, i)));
        }
        if (!field.isRepeated() && message.hasField(field)) {
          visit((Message) message.getField(field), path(path, new Step(field, -1)));
        }
      }
    }
  }

  private static List<Step> path(List<Step> path, Step step) {
    List<Step> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private interface Change {
    void apply(Message.Builder builder);
  }

  private void add(List<Step> path, String name, String field, Change change) {
    ModelProto.Builder root = model.toBuilder();
    Message.Builder builder = root;
    StringBuilder place = new StringBuilder();
    for (Step step : path) {
      builder = step.in(builder);
      place.append(step).append('.');
    }
    change.apply(builder);
    places.add(new Place(place.append(name).toString(), field, root.build()));
  }

  /** Appends to what is repeated, replaces what is not; messages that are there stay. */
  private static void put(Message.Builder builder, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      builder.addRepeatedField(field, typed(builder, field, value));
    } else if (field.getJavaType() != JavaType.MESSAGE || !builder.hasField(field)) {
      builder.setField(field, typed(builder, field, value));
    }
  }

  private static Object typed(Message.Builder builder, FieldDescriptor field, Object value) {
    return value instanceof Message message
        ? builder.newBuilderForField(field).mergeFrom(message).build()
        : value;
  }

  /** Marks for {@code field}: several if there are alternatives. */
  private static List<Object> marked(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> List.of(Marks.TEXT);
      case BYTE_STRING -> List.of(ByteString.copyFromUtf8(Marks.TEXT));
      case INT -> List.of((int) Marks.WHOLE);
      case LONG -> List.of(Marks.WHOLE);
      case FLOAT -> List.of(Marks.REAL);
      case DOUBLE -> List.of((double) Marks.REAL);
      case MESSAGE -> messages(field.getMessageType(), depth - 1);
      case BOOLEAN, ENUM -> List.of();
    };
  }

  private static List<Object> messages(Descriptor type, int depth) {
    if (depth == 0) {
      return List.of();
    }
    int alternatives = type.getOneofs().stream().mapToInt(OneofDescriptor::getFieldCount).sum();
    List<Object> messages = new ArrayList<>();
    for (int chosen = 0; chosen < Math.max(1, alternatives); chosen++) {
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      for (FieldDescriptor field : type.getFields()) {
        OneofDescriptor one = field.getContainingOneof();
        if (one == null || one.getField(chosen).equals(field)) {
          marked(field, depth).stream().limit(1).forEach(value -> put(message, field, value));
        }
      }
      messages.add(message.build());
    }
    return messages;
  }
}
