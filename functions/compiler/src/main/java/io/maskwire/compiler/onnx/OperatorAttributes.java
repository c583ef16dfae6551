package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The attributes that operators have and that say how an inference runs: all that is published of a
 * node's attributes. Left out are those that hold constants or matter in training only, and the
 * value of a Pad, which is a parameter in operator sets from 11 on.
 */
public final class OperatorAttributes {
  private enum Kind {
    FLAG,
    INTEGER,
    INTEGERS,
    REAL,
    TEXT,
    /** An element type: before operator set 6 its name. */
    TYPE
  }

  /** Values of text attributes: how padding is chosen, and orders of elements. */
  private static final Set<String> TEXTS =
      Set.of(
          "NOTSET",
          "SAME_UPPER",
          "SAME_LOWER",
          "VALID",
          "constant",
          "reflect",
          "edge",
          "wrap",
          "DCR",
          "CRD");

  /** Real attributes that mean the same if they are left out. */
  private static final Map<String, Float> DEFAULTS =
      Map.of(
          "BatchNormalization.epsilon", 1e-5f,
          "Gemm.alpha", 1f,
          "Gemm.beta", 1f,
          "HardSigmoid.alpha", 0.2f,
          "HardSigmoid.beta", 0.5f,
          "LeakyRelu.alpha", 0.01f);

  private static final Map<String, Map<String, Kind>> TABLE = table();

  private OperatorAttributes() {}

  private static Map<String, Map<String, Kind>> table() {
    Map<String, Map<String, Kind>> table = new HashMap<>();
    Map<String, Kind> none = Map.of();
    for (String operator :
        List.of(
            "Abs",
            "Ceil",
            "Constant",
            "ConstantOfShape",
            "Exp",
            "Expand",
            "Floor",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "HardSwish",
            "Identity",
            "Log",
            "MatMul",
            "Max",
            "Mean",
            "Min",
            "Neg",
            "PRelu",
            "Range",
            "Reciprocal",
            "Relu",
            "Sigmoid",
            "Size",
            "Sqrt",
            "Sum",
            "Tile")) {
      table.put(operator, none);
    }
    for (String operator : List.of("Add", "Div", "Mul", "Pow", "Sub")) {
      table.put(operator, Map.of("axis", Kind.INTEGER, "broadcast", Kind.FLAG));
    }
    for (String operator : List.of("Concat", "Flatten", "Gather", "LogSoftmax", "Softmax")) {
      table.put(operator, Map.of("axis", Kind.INTEGER));
    }
    for (String operator : List.of("Squeeze", "Unsqueeze")) {
      table.put(operator, Map.of("axes", Kind.INTEGERS));
    }
    addActivations(table);
    addWindows(table);
    addReductions(table);
    addStructure(table);
    return Map.copyOf(table);
  }

  private static void addActivations(Map<String, Map<String, Kind>> table) {
    table.put("Clip", Map.of("min", Kind.REAL, "max", Kind.REAL));
    table.put("HardSigmoid", Map.of("alpha", Kind.REAL, "beta", Kind.REAL));
    table.put("LeakyRelu", Map.of("alpha", Kind.REAL));
    table.put("Dropout", Map.of("is_test", Kind.FLAG));
    table.put(
        "BatchNormalization",
        Map.of(
            "epsilon", Kind.REAL,
            "is_test", Kind.FLAG,
            "spatial", Kind.FLAG,
            "training_mode", Kind.FLAG));
    table.put(
        "Gemm",
        Map.of(
            "alpha", Kind.REAL,
            "beta", Kind.REAL,
            "broadcast", Kind.FLAG,
            "transA", Kind.FLAG,
            "transB", Kind.FLAG));
  }

  private static void addWindows(Map<String, Map<String, Kind>> table) {
    Map<String, Kind> window =
        Map.of(
            "auto_pad", Kind.TEXT,
            "dilations", Kind.INTEGERS,
            "kernel_shape", Kind.INTEGERS,
            "pads", Kind.INTEGERS,
            "strides", Kind.INTEGERS);
    table.put("Conv", with(window, Map.of("group", Kind.INTEGER)));
    table.put(
        "ConvTranspose",
        with(
            window,
            Map.of(
                "group", Kind.INTEGER,
                "output_padding", Kind.INTEGERS,
                "output_shape", Kind.INTEGERS)));
    table.put(
        "AveragePool",
        with(window, Map.of("ceil_mode", Kind.FLAG, "count_include_pad", Kind.FLAG)));
    table.put("MaxPool", with(window, Map.of("ceil_mode", Kind.FLAG, "storage_order", Kind.FLAG)));
  }

  private static void addReductions(Map<String, Map<String, Kind>> table) {
    for (String operator : List.of("ReduceMax", "ReduceMean", "ReduceSum")) {
      table.put(
          operator,
          Map.of(
              "axes", Kind.INTEGERS,
              "keepdims", Kind.FLAG,
              "noop_with_empty_axes", Kind.FLAG));
    }
    table.put(
        "ArgMax",
        Map.of("axis", Kind.INTEGER, "keepdims", Kind.FLAG, "select_last_index", Kind.FLAG));
  }

  private static void addStructure(Map<String, Map<String, Kind>> table) {
    table.put("Cast", Map.of("to", Kind.TYPE));
    table.put("DepthToSpace", Map.of("blocksize", Kind.INTEGER, "mode", Kind.TEXT));
    table.put("Pad", Map.of("mode", Kind.TEXT, "paddings", Kind.INTEGERS, "pads", Kind.INTEGERS));
    table.put("Reshape", Map.of("allowzero", Kind.FLAG, "shape", Kind.INTEGERS));
    table.put("Shape", Map.of("end", Kind.INTEGER, "start", Kind.INTEGER));
    table.put(
        "Slice", Map.of("axes", Kind.INTEGERS, "ends", Kind.INTEGERS, "starts", Kind.INTEGERS));
    table.put("SpaceToDepth", Map.of("blocksize", Kind.INTEGER));
    table.put(
        "Split", Map.of("axis", Kind.INTEGER, "num_outputs", Kind.INTEGER, "split", Kind.INTEGERS));
    table.put("Transpose", Map.of("perm", Kind.INTEGERS));
  }

  private static Map<String, Kind> with(Map<String, Kind> some, Map<String, Kind> others) {
    Map<String, Kind> all = new HashMap<>(some);
    all.putAll(others);
    return Map.copyOf(all);
  }

  /** True if the attributes of {@code operator} are known, be there none. */
  public static boolean isKnown(String operator) {
    return TABLE.containsKey(operator);
  }

  /**
   * The attributes of {@code node} that may be published, built anew, sorted by name.
   *
   * @param read names that were read; another may be one that this operator set does not know,
   *     except for a flag, which says a bit at most
   * @throws CorruptModelException if one has another type than its operator says
   */
  static List<AttributeProto> of(NodeProto node, Set<String> read) {
    Attributes given = new Attributes(node);
    List<AttributeProto> attributes = new ArrayList<>();
    TABLE.getOrDefault(node.getOpType(), Map.of()).entrySet().stream()
        .filter(entry -> given.has(entry.getKey()))
        .filter(entry -> entry.getValue() == Kind.FLAG || read.contains(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> add(attributes, entry.getKey(), entry.getValue(), given));
    return attributes;
  }

  private static void add(
      List<AttributeProto> attributes, String name, Kind kind, Attributes given) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (kind) {
      case FLAG -> attribute.setType(AttributeType.INT).setI(given.integer(name, 0) == 0 ? 0 : 1);
      case INTEGER -> attribute.setType(AttributeType.INT).setI(given.integer(name, 0));
      case INTEGERS -> {
        attribute.setType(AttributeType.INTS);
        for (int value : given.integers(name)) {
          attribute.addInts(value);
        }
      }
      case REAL -> attribute.setType(AttributeType.FLOAT).setF(given.real(name, 0));
      case TEXT -> {
        String text = given.text(name, "");
        if (!TEXTS.contains(text)) {
          return;
        }
        attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
      }
      case TYPE -> {
        if (given.isText(name)) {
          String type = DataType.valueOf(given.text(name, "")).name();
          attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(type));
        } else {
          attribute.setType(AttributeType.INT).setI(given.integer(name, 0));
        }
      }
    }
    attributes.add(attribute.build());
  }

  /** What a real attribute is if it is left out. */
  public static OptionalDouble defaultOf(String operator, String attribute) {
    Float value = DEFAULTS.get(operator + "." + attribute);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
