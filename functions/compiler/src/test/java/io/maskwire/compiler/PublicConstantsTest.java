package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.PublishedParametersTest.LENGTH;
import static io.maskwire.compiler.PublishedParametersTest.added;
import static io.maskwire.compiler.PublishedParametersTest.compiled;
import static io.maskwire.compiler.PublishedParametersTest.network;
import static io.maskwire.compiler.PublishedParametersTest.real;
import static io.maskwire.compiler.PublishedParametersTest.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Constants that are public: they stay, are named in the report, or refused. */
class PublicConstantsTest {

  @Test
  void compile_wholeNumbersAsShapeAndAsValues_refusedByName() {
    ModelBuilder model =
        network(
            (m, x) -> {
              String both = m.integers(2, 4);
              String reshaped = m.node("Reshape", List.of(x, both));
              String unsqueezed = m.node("Unsqueeze", List.of(real(m, both), m.integers(1)));
              return added(m, reshaped, unsqueezed);
            });

    assertThatThrownBy(() -> compiled(model))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("constant 'w0' [2]")
        .hasMessageContaining("store it twice");
  }

  /** Exporters share such constants between axes and arithmetic. */
  @Test
  void compile_smallNumberAsAxisAndAsValue_isAParameter() throws IOException {
    ModelBuilder model =
        network(
            (m, x) -> {
              String one = m.integers(1);
              return m.node(
                  "Mul",
                  List.of(
                      m.node("Squeeze", List.of(m.node("Unsqueeze", List.of(x, one)), one)),
                      real(m, one)));
            });

    ModelProto stripped = ModelProto.parseFrom(compiled(model).strippedOnnx());

    assertThat(stripped.getGraph().getInitializerList()).isEmpty();
    OnnxRuntime.load(stripped.toByteArray());
  }

  @Test
  void compile_wholeNumbersAsShape_stay() throws IOException {
    ModelBuilder model = network((m, x) -> m.node("Reshape", List.of(x, m.integers(2, 4))));

    ModelProto stripped = ModelProto.parseFrom(compiled(model).strippedOnnx());

    assertThat(stripped.getGraph().getInitializerList()).hasSize(1);
    OnnxRuntime.load(stripped.toByteArray());
  }

  @Test
  void compile_partOfAConstantAsShape_theRestIsNotPublished() throws IOException {
    ModelBuilder model =
        network(
            (m, x) -> {
              String sizes = m.integers(2, 4, 777_777, 888_888);
              String shape = m.node("Slice", List.of(sizes, m.integers(0), m.integers(2)));
              return m.node("Reshape", List.of(x, shape));
            });

    ModelProto stripped = ModelProto.parseFrom(compiled(model).strippedOnnx());

    assertThat(stripped.getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .doesNotContain("w0");
    OnnxRuntime.load(stripped.toByteArray());
  }

  @Test
  void compile_wholeNumberAsABound_isInTheReportAlone() throws IOException {
    ModelBuilder model =
        network(
            (m, x) -> m.node("Clip", List.of(x, real(m, m.integers(0)), real(m, m.integers(77)))));

    ModelProto stripped = ModelProto.parseFrom(compiled(model).strippedOnnx());

    assertThat(stripped.getGraph().getInitializerList()).isEmpty();
    assertThat(compiled(model).report().toText()).contains("77");
  }

  private static DynamicTest reported(String node, String line, ModelBuilder model) {
    return DynamicTest.dynamicTest(
        line,
        () -> {
          CompiledModel compiled = compiled(model);
          assertThat(Marks.in(compiled)).as("a control: the search finds it").isNotEmpty();
          assertThat(compiled.report().published())
              .extracting(CompileReport.Published::node)
              .contains(node);
          assertThat(compiled.report().toText().lines())
              .anyMatch(
                  found -> found.startsWith(node) && found.replaceAll(" +", " ").endsWith(line));
        });
  }

  /** They are thresholds and slopes of the program: the owner is told. */
  @TestFactory
  Stream<DynamicTest> report_boundsAndSlopes_areNamedAsPublic() {
    return Stream.of(
        reported(
            "Clip2",
            "thresholds 0.0, 1234.5679",
            network(
                (m, x) ->
                    m.node(
                        "Clip",
                        List.of(x, m.floats(new int[0], 0), m.floats(new int[0], Marks.REAL))))),
        reported(
            "Clip0",
            "max 1234.5679",
            network(
                10,
                (m, x) ->
                    m.node(
                        "Clip", List.of(x), attribute("min", 0.5f), attribute("max", Marks.REAL)))),
        reported(
            "LeakyRelu0",
            "slopes 1234.5679, 1.0",
            network((m, x) -> m.node("LeakyRelu", List.of(x), attribute("alpha", Marks.REAL)))),
        reported(
            "HardSigmoid0",
            "alpha 1234.5679",
            network((m, x) -> m.node("HardSigmoid", List.of(x), attribute("alpha", Marks.REAL)))));
  }

  @Test
  void report_boundThatIsAFactorToo_isNamedAsPublic() {
    ModelBuilder model =
        network(
            (m, x) -> {
              String six = m.floats(new int[0], 6);
              return m.node("Div", List.of(m.node("Clip", List.of(x, "", six)), six));
            });

    assertThat(compiled(model).report().published())
        .extracting(CompileReport.Published::what, CompileReport.Published::values)
        .contains(tuple("thresholds", List.of(6.0)));
  }

  @Test
  void report_nodesOfOneName_namesTheNumbersOfEach() {
    ModelBuilder builder =
        network(
            (m, x) ->
                m.node(
                    "LeakyRelu", List.of(m.node("Abs", List.of(x))), attribute("alpha", 0.125f)));
    ModelProto.Builder model = builder.proto().toBuilder();
    model.getGraphBuilder().getNodeBuilderList().forEach(node -> node.setName("same"));

    CompiledModel compiled =
        Compiler.compile(
            OnnxModel.parse("test", model.build().toByteArray()), CompilerOptions.defaults());

    assertThat(compiled.report().published())
        .extracting(CompileReport.Published::what, CompileReport.Published::values)
        .contains(tuple("slopes", List.of(0.125, 1.0)));
  }

  @Test
  void report_networkWithoutSuchNumbers_saysSo() {
    CompiledModel compiled = compiled(network((m, x) -> m.node("Relu", List.of(x))));

    assertThat(compiled.report().published()).isEmpty();
    assertThat(compiled.report().toText()).contains("public: no number of the model");
  }

  @Test
  void compile_boundOutOfManyParameters_refusedByName() {
    ModelBuilder model =
        network(
            (m, x) -> {
              String many = m.floats(new int[] {LENGTH}, 1, 2, 3, 4, 5, 6, 7, Marks.REAL);
              String last = m.node("Gather", List.of(many, whole(m, 3)));
              return added(m, m.node("Clip", List.of(x, "", last)), many);
            });

    assertThatThrownBy(() -> compiled(model))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("constant 'w0' [8]");
  }
}
