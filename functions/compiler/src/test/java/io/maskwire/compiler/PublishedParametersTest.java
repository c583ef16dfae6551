package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.compiler.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parameters, in whatever form a network has them, are not published. What is public of them is in
 * {@link PublicConstantsTest}.
 */
class PublishedParametersTest {
  static final int LENGTH = Marks.SEQUENCE.size();
  private static final long[] WHOLES = filled(Marks.WHOLE);

  private static long[] filled(long value) {
    long[] values = new long[LENGTH];
    Arrays.fill(values, value);
    return values;
  }

  static AttributeProto tensor(String name, TensorProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(value)
        .build();
  }

  private static AttributeProto reals(String name, float... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOATS);
    for (float value : values) {
      attribute.addFloats(value);
    }
    return attribute.build();
  }

  /** A network of one input with 8 elements. */
  static ModelBuilder network(long opset, BiFunction<ModelBuilder, String, String> function) {
    ModelBuilder model = new ModelBuilder(opset, new Random(3));
    model.output(function.apply(model, model.input("x", 1, LENGTH)));
    return model;
  }

  static ModelBuilder network(BiFunction<ModelBuilder, String, String> function) {
    return network(13, function);
  }

  static CompiledModel compiled(ModelBuilder model) {
    return Compiler.compile(model.model(), CompilerOptions.defaults());
  }

  static String real(ModelBuilder m, String constant) {
    return m.node("Cast", List.of(constant), attribute("to", DataType.FLOAT_VALUE));
  }

  static String added(ModelBuilder m, String x, String constant) {
    return m.node("Add", List.of(x, constant));
  }

  private static DynamicTest hidden(String name, ModelBuilder model) {
    return DynamicTest.dynamicTest(name, () -> assertThat(Marks.in(compiled(model))).isEmpty());
  }

  private static DynamicTest hidden(
      String name, BiFunction<ModelBuilder, String, String> function) {
    return hidden(name, network(function));
  }

  @TestFactory
  Stream<DynamicTest> publicFiles_constantOfAnyType_isNotThere() {
    return Marks.types().stream()
        .flatMap(type -> Stream.of(Marks.tensor(type, true), Marks.tensor(type, false)))
        .flatMap(PublishedParametersTest::constant);
  }

  private static Stream<DynamicTest> constant(TensorProto tensor) {
    String name =
        DataType.forNumber(tensor.getDataType()) + (tensor.hasRawData() ? ", raw" : ", typed");
    return Stream.of(
        hidden(name + ", a summand", (m, x) -> added(m, x, real(m, m.initializer(tensor)))),
        hidden(
            name + ", in a node",
            (m, x) -> added(m, x, real(m, m.node("Constant", List.of(), tensor("value", tensor))))),
        hidden(
            name + ", unused",
            (m, x) -> {
              m.initializer(tensor.toBuilder().setName(Marks.TEXT).build());
              m.node("Constant", List.of(), tensor("value", tensor));
              return m.node("Relu", List.of(x));
            }));
  }

  @TestFactory
  Stream<DynamicTest> publicFiles_wholeNumbersThatEndInValues_areNotThere() {
    AttributeProto[] ints = {list("value_ints", WHOLES)};
    TensorProto single =
        TensorProto.newBuilder(Marks.tensor(DataType.INT64, false))
            .clearDims()
            .addDims(1)
            .clearInt64Data()
            .addInt64Data(Marks.WHOLE)
            .build();
    long[] sequence = Marks.SEQUENCE.stream().mapToLong(Integer::longValue).toArray();
    return Stream.of(
        hidden("value_ints", (m, x) -> added(m, x, real(m, m.node("Constant", List.of(), ints)))),
        hidden(
            "value_int",
            (m, x) ->
                added(
                    m,
                    x,
                    real(m, m.node("Constant", List.of(), attribute("value_int", Marks.WHOLE))))),
        hidden(
            "a filled tensor",
            (m, x) ->
                added(
                    m,
                    x,
                    real(
                        m,
                        m.node(
                            "ConstantOfShape",
                            List.of(m.integers(1, LENGTH)),
                            tensor("value", single))))),
        hidden(
            "folded on the way",
            (m, x) ->
                added(
                    m,
                    x,
                    real(
                        m,
                        m.node(
                            "Reshape",
                            List.of(
                                m.node("Mul", List.of(m.integers(WHOLES), m.integers(1))),
                                m.integers(1, -1)))))),
        hidden(
            "the start of a range",
            (m, x) ->
                added(
                    m,
                    x,
                    real(
                        m,
                        m.node(
                            "Range",
                            List.of(
                                whole(m, Marks.WHOLE),
                                whole(m, Marks.WHOLE + LENGTH),
                                whole(m, 1)))))),
        hidden(
            "indices of a code book",
            (m, x) ->
                added(m, x, m.node("Gather", List.of(m.weights(1, 128), m.integers(sequence))))),
        hidden(
            "indices of a code book of whole numbers",
            (m, x) ->
                added(
                    m,
                    x,
                    real(
                        m,
                        m.node(
                            "Gather", List.of(m.integers(new long[128]), m.integers(sequence)))))));
  }

  static String whole(ModelBuilder m, long value) {
    return m.node("Constant", List.of(), attribute("value_int", value));
  }

  @TestFactory
  Stream<DynamicTest> publicFiles_realNumbersOfNodes_areNotThere() {
    float[] values = new float[LENGTH];
    Arrays.fill(values, Marks.REAL);
    TensorProto single =
        TensorProto.newBuilder()
            .setDataType(DataType.FLOAT_VALUE)
            .addDims(1)
            .addFloatData(Marks.REAL)
            .build();
    return Stream.of(
        hidden(
            "value_float",
            (m, x) ->
                added(m, x, m.node("Constant", List.of(), attribute("value_float", Marks.REAL)))),
        hidden(
            "value_floats",
            (m, x) -> added(m, x, m.node("Constant", List.of(), reals("value_floats", values)))),
        hidden(
            "a filled tensor",
            (m, x) ->
                added(
                    m,
                    x,
                    m.node(
                        "ConstantOfShape",
                        List.of(m.integers(1, LENGTH)),
                        tensor("value", single)))),
        hidden(
            "a slope of PRelu",
            (m, x) -> m.node("PRelu", List.of(x, m.floats(new int[] {1}, Marks.REAL)))),
        hidden(
            "a factor, and a divisor",
            (m, x) ->
                m.node(
                    "Div",
                    List.of(
                        m.node("Mul", List.of(x, m.floats(new int[0], Marks.REAL))),
                        m.floats(new int[0], Marks.REAL)))),
        hidden(
            "the value of a Pad",
            (m, x) ->
                m.node(
                    "Pad", List.of(x, m.integers(0, 1, 0, 1), m.floats(new int[0], Marks.REAL)))),
        hidden(
            "the value of an old Pad",
            network(
                10,
                (m, x) ->
                    m.node(
                        "Pad",
                        List.of(x),
                        list("pads", 0, 1, 0, 1),
                        attribute("value", Marks.REAL)))),
        hidden(
            "an unknown attribute",
            (m, x) -> m.node("Relu", List.of(x), attribute("alpha", Marks.REAL))),
        hidden(
            "an attribute of older operator sets",
            (m, x) ->
                m.node(
                    "Clip",
                    List.of(
                        m.node("Add", List.of(x, x), attribute("axis", Marks.WHOLE)),
                        m.floats(new int[0], 1),
                        m.floats(new int[0], 2)),
                    attribute("max", Marks.REAL))),
        hidden(
            "what matters in training only",
            network(10, (m, x) -> m.node("Dropout", List.of(x), attribute("ratio", Marks.REAL)))));
  }

  @Test
  void publicFiles_externalData_areNotThere(@TempDir Path folder) throws IOException {
    TensorProto stored = Marks.tensor(DataType.INT32, true);
    Files.write(folder.resolve(Marks.TEXT), stored.getRawData().toByteArray());
    TensorProto tensor =
        stored.toBuilder()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(Marks.TEXT))
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey(Marks.TEXT).setValue(Marks.TEXT))
            .build();
    ModelBuilder model = network((m, x) -> added(m, x, real(m, m.initializer(tensor))));
    Path file = folder.resolve("model.onnx");
    Files.write(file, model.bytes());

    CompiledModel compiled = Compiler.compile(OnnxModel.read(file), CompilerOptions.defaults());

    assertThat(Marks.in(compiled)).isEmpty();
  }
}
