package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import io.maskwire.compiler.importer.DeclaredInput;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.onnx.OnnxModel;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid models that mean more than the compiler computes: it names what, and drops nothing. */
class RefusedByNameTest {

  private record Refused(
      String name,
      long opset,
      BiConsumer<ModelBuilder, String> builder,
      String operator,
      String hint) {
    ModelBuilder build() {
      ModelBuilder model = new ModelBuilder(opset, new Random(1));
      builder.accept(model, model.input("x", 1, 2, 5));
      return model;
    }

    @Override
    public String toString() {
      return name + ", opset " + opset;
    }
  }

  private static Refused node(
      String operator, long opset, String hint, AttributeProto... attributes) {
    return new Refused(
        operator + " " + hint,
        opset,
        (m, x) -> m.output(m.node(operator, List.of(x), attributes)),
        operator,
        hint);
  }

  private static Refused outputs(
      String operator, long opset, String hint, int count, String... more) {
    return new Refused(
        operator + " of " + count + " outputs",
        opset,
        (m, x) -> {
          List<String> inputs =
              Stream.concat(Stream.of(x), Stream.of(more).map(_ -> m.positive(2))).toList();
          m.node(operator, count, inputs, list("kernel_shape", 2)).forEach(m::output);
        },
        operator,
        hint);
  }

  private static Stream<Refused> training() {
    String[] parameters = {"scale", "bias", "mean", "variance"};
    return Stream.of(
        node("Dropout", 1, "training mode (is_test 0)"),
        node("Dropout", 6, "training mode (is_test 0)"),
        dropout(
            "initializer",
            (m, x) -> List.of(x, "", m.raw(TensorProto.DataType.BOOL, new int[0], (byte) 1)),
            "training mode"),
        dropout("node", (m, x) -> List.of(x, "", truth(m)), "training mode"),
        dropout(
            "secret",
            (m, x) -> List.of(x, "", m.node("ReduceMax", List.of(x), attribute("keepdims", 0))),
            "must be a constant"),
        outputs("BatchNormalization", 7, "training mode (outputs of statistics)", 5, parameters),
        outputs("BatchNormalization", 9, "training mode (outputs of statistics)", 3, parameters),
        outputs("BatchNormalization", 13, "training mode (outputs of statistics)", 5, parameters),
        outputs("BatchNormalization", 15, "training mode (outputs of statistics)", 3, parameters),
        outputs("BatchNormalization", 6, "training mode (is_test 0)", 1, parameters));
  }

  private interface Inputs {
    List<String> of(ModelBuilder model, String x);
  }

  private static Refused dropout(String name, Inputs inputs, String hint) {
    return new Refused(
        "dropout, training_mode of " + name,
        13,
        (m, x) -> m.output(m.node("Dropout", inputs.of(m, x))),
        "Dropout",
        hint);
  }

  private static String truth(ModelBuilder model) {
    TensorProto truth =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.BOOL_VALUE)
            .addInt32Data(1)
            .build();
    return model.node(
        "Constant",
        List.of(),
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(truth)
            .build());
  }

  private static Stream<Refused> furtherOutputs() {
    return Stream.of(
        outputs("MaxPool", 12, "its output number 2", 2),
        outputs("Dropout", 7, "its output number 2", 2),
        outputs("Dropout", 10, "its output number 2", 2),
        outputs("Relu", 13, "its output number 2", 2),
        outputs("LayerNormalization", 17, "not supported", 3, "scale"),
        new Refused(
            "the mask alone",
            13,
            (m, x) -> m.output(m.node("Dropout", 2, List.of(x)).getLast()),
            "output",
            "it does not depend on the input"),
        new Refused(
            "indices that a node reads",
            12,
            (m, x) -> {
              List<String> both = m.node("MaxPool", 2, List.of(x), list("kernel_shape", 2));
              m.output(m.node("Add", both));
            },
            "MaxPool",
            "its output number 2"));
  }

  private static Stream<Refused> empty() {
    String hint = "a tensor without elements";
    return Stream.of(
        new Refused(
            "5 into 4",
            18,
            (m, x) ->
                m.node("Split", 4, List.of(x), attribute("axis", 2), attribute("num_outputs", 4))
                    .forEach(m::output),
            "Split",
            hint),
        new Refused(
            "5 into 5 and 0",
            13,
            (m, x) ->
                m.node("Split", 2, List.of(x, m.integers(5, 0)), attribute("axis", 2))
                    .forEach(m::output),
            "Split",
            hint),
        new Refused(
            "slice of nothing",
            13,
            (m, x) ->
                m.output(m.node("Slice", List.of(x, m.integers(3), m.integers(3), m.integers(2)))),
            "Slice",
            hint),
        new Refused(
            "tiled 0 times",
            13,
            (m, x) -> m.output(m.node("Tile", List.of(x, m.integers(1, 0, 1)))),
            "Tile",
            hint),
        new Refused(
            "no index",
            13,
            (m, x) -> m.output(m.node("Gather", List.of(x, m.integers()), attribute("axis", 2))),
            "Gather",
            hint),
        node("MaxPool", 12, hint, list("kernel_shape", 6)));
  }

  private static Stream<Refused> disputed() {
    float nan = Float.NaN;
    float infinity = Float.POSITIVE_INFINITY;
    return Stream.of(
        node("Clip", 6, "bounds", attribute("min", nan), attribute("max", 1f)),
        node("Clip", 6, "bounds", attribute("min", infinity)),
        node("Clip", 6, "bounds", attribute("max", -infinity)),
        node("HardSigmoid", 6, "alpha", attribute("alpha", infinity)),
        node("ArgMax", 13, "ties", attribute("select_last_index", 1)),
        node(
            "MaxPool",
            12,
            "VALID",
            list("kernel_shape", 2),
            list("strides", 2),
            attribute("ceil_mode", 1),
            attribute("auto_pad", "VALID")),
        node(
            "AveragePool",
            12,
            "skip",
            list("kernel_shape", 1),
            list("strides", 5),
            attribute("auto_pad", "SAME_UPPER")),
        new Refused(
            "same length, kernel shorter than the stride",
            11,
            (m, x) ->
                m.output(
                    m.node(
                        "ConvTranspose",
                        List.of(x, m.positive(2, 1, 1)),
                        list("strides", 2),
                        attribute("auto_pad", "SAME_UPPER"))),
            "ConvTranspose",
            "output_shape"),
        new Refused(
            "squeezed at no axis",
            13,
            (m, x) -> m.output(m.node("Squeeze", List.of(x, m.integers()))),
            "Squeeze",
            "axes"),
        new Refused(
            "a constant that its type does not hold",
            13,
            (m, x) -> {
              String small = m.node("Cast", List.of(m.floats(new int[0], 300)), attribute("to", 2));
              m.output(
                  m.node("Mul", List.of(x, m.node("Cast", List.of(small), attribute("to", 1)))));
            },
            "Cast",
            "does not hold"));
  }

  static Stream<Refused> all() {
    return Stream.of(training(), furtherOutputs(), empty(), disputed()).flatMap(cases -> cases);
  }

  private static UnsupportedModelException refusal(OnnxModel model) {
    return catchThrowableOfType(
        UnsupportedModelException.class, () -> Compiler.compile(model, CompilerOptions.defaults()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void compile_moreThanIsComputed_refusedByName(Refused refused) {
    List<UnsupportedNode> nodes = refusal(refused.build().model()).nodes();

    assertThat(nodes.getFirst().operator()).isEqualTo(refused.operator());
    assertThat(nodes.getFirst().hint()).contains(refused.hint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MaxPool", "Dropout"})
  void compile_furtherOutputThatNobodyReads_compiles(String operator) {
    ModelBuilder model = new ModelBuilder(10, new Random(1));
    String x = model.input("x", 1, 1, 4);
    model.output(model.node(operator, 2, List.of(x), list("kernel_shape", 2)).getFirst());

    assertThatCode(() -> Compiler.compile(model.model(), CompilerOptions.defaults()))
        .doesNotThrowAnyException();
  }

  private static OnnxModel changed(Consumer<ModelProto.Builder> change) {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    model.output(
        model.node(
            "Add", List.of(model.input("x", 1, 4), model.floats(new int[] {4}, 1, 2, 3, 4))));
    ModelProto.Builder proto = model.proto().toBuilder();
    change.accept(proto);
    return OnnxModel.parse("changed", proto.build().toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ai.onnx.ml", "com.microsoft"})
  void compile_noDefaultOperatorSet_namesItsOperators(String domain) {
    OnnxModel model =
        changed(
            proto -> {
              proto.setOpsetImport(
                  0, OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1));
              proto.getGraphBuilder().getNodeBuilder(0).setDomain(domain).setOpType("Own");
            });

    assertThat(refusal(model).nodes())
        .singleElement()
        .satisfies(node -> assertThat(node.operator()).isEqualTo("Own"))
        .satisfies(node -> assertThat(node.hint()).contains(domain));
  }

  @Test
  void compile_defaultOperatorWithoutItsSet_refused() {
    OnnxModel model =
        changed(
            proto ->
                proto.setOpsetImport(
                    0, OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(1)));

    assertThat(refusal(model).nodes().getFirst().hint()).contains("names no version");
  }

  private static OnnxModel withDimension(Dimension dimension) {
    return changed(
        proto ->
            proto
                .getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(1, dimension));
  }

  @Test
  void compile_inputWithoutElementsOrOpen_refused() {
    OnnxModel none = withDimension(Dimension.newBuilder().setDimValue(0).build());
    OnnxModel open = withDimension(Dimension.newBuilder().setDimParam("width").build());
    OnnxModel shapeless =
        changed(
            proto ->
                proto
                    .getGraphBuilder()
                    .getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .clearShape());

    assertThat(refusal(none).nodes().getFirst().hint()).contains("without elements");
    assertThat(refusal(open).nodes().getFirst().hint()).contains("leaves dimension 1 open");
    assertThat(refusal(shapeless).nodes().getFirst().hint()).contains("no shape");
    for (OnnxModel model : List.of(none, open, shapeless)) {
      assertThat(
              catchThrowableOfType(UnsupportedModelException.class, () -> DeclaredInput.of(model))
                  .nodes())
          .extracting(UnsupportedNode::name)
          .containsExactly("x");
    }
  }

  @Test
  void compile_constantOfText_refusedByItsName() {
    OnnxModel model =
        changed(
            proto ->
                proto
                    .getGraphBuilder()
                    .getInitializerBuilder(0)
                    .clearRawData()
                    .setDataType(TensorProto.DataType.STRING_VALUE));

    assertThat(refusal(model).nodes().getFirst())
        .satisfies(node -> assertThat(node.operator()).isEqualTo("initializer"))
        .satisfies(node -> assertThat(node.hint()).contains("STRING"));
  }

  @Test
  void compile_sparseConstant_refusedByItsName() {
    OnnxModel model =
        changed(
            proto -> {
              TensorProto values = proto.getGraph().getInitializer(0);
              proto
                  .getGraphBuilder()
                  .clearInitializer()
                  .addSparseInitializer(
                      SparseTensorProto.newBuilder().setValues(values).addDims(4));
            });

    assertThat(refusal(model).nodes().getFirst().hint()).contains("sparse");
  }
}
