package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.compiler.onnx.TensorReader;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Operators whose result is known while compiling. */
final class ConstantRules {
  private ConstantRules() {}

  static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("Constant", Rule.single(ConstantRules::constant)),
          Map.entry("ConstantOfShape", Rule.single(ConstantRules::constantOfShape)),
          Map.entry("Shape", Rule.single(ConstantRules::shape)),
          Map.entry("Size", Rule.single(ConstantRules::size)),
          Map.entry("Range", Rule.single(ConstantRules::range)),
          Map.entry("Cast", Rule.single(ConstantRules::cast)),
          Map.entry("Sqrt", folding(Math::sqrt)),
          Map.entry("Floor", folding(Math::floor)),
          Map.entry("Ceil", folding(Math::ceil)),
          Map.entry("Log", folding(Math::log)),
          Map.entry("Exp", folding(Math::exp)),
          Map.entry("Reciprocal", folding(x -> 1 / x)));

  /** Applies a function to constants; on secrets the operator is not supported yet. */
  private static Rule folding(DoubleUnaryOperator function) {
    return Rule.single(
        node -> {
          if (node.input(0) instanceof Imported.Known(ConstantTensor tensor)) {
            return new Imported.Known(new ConstantTensor.Floats(tensor.toFloats()).map(function));
          }
          throw new UnsupportedNodeException("supported on constants only");
        });
  }

  private static Imported constant(ImportNode node) {
    Optional<ConstantTensor> tensor = value(node);
    if (tensor.isPresent()) {
      return new Imported.Known(tensor.get());
    }
    if (node.attributes().has("value_int")) {
      return integers(Shape.of(), node.attributes().integer("value_int", 0));
    }
    if (node.attributes().has("value_ints")) {
      int[] values = node.attributes().integers("value_ints");
      return integers(Shape.of(values.length), Arrays.stream(values).asLongStream().toArray());
    }
    if (node.attributes().has("value_float")) {
      return floats(Shape.of(), node.attributes().real("value_float", 0));
    }
    if (node.attributes().has("value_floats")) {
      float[] values = node.attributes().reals("value_floats");
      return floats(Shape.of(values.length), values);
    }
    throw new UnsupportedNodeException("a constant of this kind (sparse or text)");
  }

  private static Optional<ConstantTensor> value(ImportNode node) {
    Optional<TensorProto> tensor = node.attributes().tensor("value");
    if (tensor.isPresent() && !TensorReader.isReadable(tensor.get())) {
      throw new UnsupportedNodeException(
          "its elements are " + DataType.forNumber(tensor.get().getDataType()));
    }
    return tensor.map(node.context().tensors()::read);
  }

  private static Imported integers(Shape shape, long... values) {
    return new Imported.Known(ConstantTensor.Integers.takeOwnershipOf(shape, values));
  }

  private static Imported floats(Shape shape, float... values) {
    return new Imported.Known(
        new ConstantTensor.Floats(FloatTensor.takeOwnershipOf(shape, values)));
  }

  private static Imported constantOfShape(ImportNode node) {
    ConstantTensor dimensions = node.structure(0, "the shape");
    List<Integer> checked = new ArrayList<>();
    for (long dimension : dimensions.toIntegers()) {
      checked.add(Math.toIntExact(dimension));
    }
    Shape shape = Positions.checkedShape(checked);
    ConstantTensor value =
        value(node)
            .orElse(
                new ConstantTensor.Floats(
                    FloatTensor.takeOwnershipOf(Shape.of(1), new float[] {0})));
    return new Imported.Known(value.gather(new int[shape.elements()], shape));
  }

  private static Imported shape(ImportNode node) {
    Shape shape = node.shape(0);
    int rank = shape.rank();
    int start = bounded(node.attributes().integer("start", 0), rank);
    int end = bounded(node.attributes().integer("end", rank), rank);
    long[] dimensions =
        shape.dimensions().subList(start, Math.max(start, end)).stream()
            .mapToLong(Integer::longValue)
            .toArray();
    return integers(Shape.of(dimensions.length), dimensions);
  }

  private static int bounded(int axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  private static Imported size(ImportNode node) {
    return integers(Shape.of(), node.shape(0).elements());
  }

  private static Imported range(ImportNode node) {
    ConstantTensor first = node.known(0, "start");
    ConstantTensor step = node.known(2, "delta");
    double start = first.real(0);
    double limit = node.known(1, "limit").real(0);
    double delta = step.real(0);
    double length = Math.max(0, Math.ceil((limit - start) / delta));
    GraphBuilder.requireElements((long) length);
    Shape shape = Shape.of((int) length);
    if (first instanceof ConstantTensor.Integers) {
      long[] values = new long[shape.elements()];
      Arrays.setAll(values, i -> first.integer(0) + i * step.integer(0));
      return integers(shape, values);
    }
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (start + i * delta);
    }
    return floats(shape, values);
  }

  private static Imported cast(ImportNode node) {
    DataType type = target(node);
    boolean real =
        switch (type) {
          case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
          default -> false;
        };
    if (node.input(0) instanceof Imported.Known(ConstantTensor tensor)) {
      return real
          ? new Imported.Known(new ConstantTensor.Floats(tensor.toFloats()))
          : integers(tensor.shape(), wholeNumbers(tensor, type));
    }
    if (!real) {
      throw new UnsupportedNodeException("casts the input to " + type);
    }
    return node.input(0);
  }

  /** Before operator set 6 the type is named by text. */
  private static DataType target(ImportNode node) {
    if (node.opset() < 6) {
      return DataType.valueOf(node.attributes().text("to", ""));
    }
    int number = node.attributes().integer("to", DataType.UNDEFINED_VALUE);
    DataType type = DataType.forNumber(number);
    if (type == null || type == DataType.UNDEFINED) {
      throw new IllegalArgumentException("a cast to data type number " + number);
    }
    return type;
  }

  private static long[] wholeNumbers(ConstantTensor tensor, DataType type) {
    long[] values = new long[tensor.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case BOOL -> tensor.real(i) == 0 ? 0 : 1;
            case INT64, UINT64 -> inRange(tensor, i, Long.MIN_VALUE, Long.MAX_VALUE);
            case INT32 -> inRange(tensor, i, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32 -> inRange(tensor, i, 0, (1L << 32) - 1);
            case INT16 -> inRange(tensor, i, Short.MIN_VALUE, Short.MAX_VALUE);
            case UINT16 -> inRange(tensor, i, 0, (1L << 16) - 1);
            case INT8 -> inRange(tensor, i, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> inRange(tensor, i, 0, (1L << 8) - 1);
            default -> throw new UnsupportedNodeException("a cast to " + type);
          };
    }
    return values;
  }

  /** What does not fit has no value in the standard. */
  private static long inRange(ConstantTensor tensor, int index, long least, long most) {
    long value = tensor.integer(index);
    double real = tensor.real(index);
    boolean held =
        tensor instanceof ConstantTensor.Integers
            || (Double.isFinite(real) && -0x1p63 <= real && real < 0x1p63);
    if (!held || value < least || value > most) {
      throw new UnsupportedNodeException(
          "a cast of %s, which the type does not hold".formatted(tensor.real(index)));
    }
    return value;
  }
}
