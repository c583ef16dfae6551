package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ir.Program;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnsupportedModelTest {

  @Test
  void compile_severalUnsupportedNodes_allNamedWithShapes() {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    String x = model.input("x", 1, 2, 4, 4);
    String first = model.node("Softplus", List.of(x));
    String conv = model.node("Conv", List.of(first, model.weights(1, 3, 2, 3, 3)));
    String second = model.node("Selu", List.of(conv));
    String odd = model.node("NonMaxSuppression", List.of(second));
    model.output(model.node("Relu", List.of(model.node("Softmax", List.of(second)))));
    model.output(model.node("Relu", List.of(odd)));
    UnsupportedModelException refused =
        catchThrowableOfType(
            UnsupportedModelException.class,
            () -> Compiler.compile(model.model(), CompilerOptions.defaults()));
    assertThat(refused.nodes())
        .extracting(UnsupportedNode::operator)
        .containsExactly("Softplus", "Selu", "NonMaxSuppression", "Softmax");
    assertThat(refused.nodes().get(1).shapes()).containsExactly("[1, 3, 2, 2]");
    assertThat(refused).hasMessageContaining("4 unsupported nodes");
  }

  @Test
  void inspect_operatorOfAnotherDomain_namesTheDomain() {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    model.output(model.node("Relu", List.of(model.input("x", 1, 4))));
    ModelProto.Builder proto = model.proto().toBuilder();
    proto.getGraphBuilder().getNodeBuilder(0).setDomain("com.acme");
    OnnxModel custom = OnnxModel.parse("custom", proto.build().toByteArray());

    assertThat(Compiler.inspect(custom, Program.Reveal.USER).unsupported())
        .singleElement()
        .extracting(UnsupportedNode::hint)
        .asString()
        .contains("com.acme");
  }

  @Test
  void inspect_unsupportedModel_countsOperatorsAndThrowsNothing() {
    Inspection inspection =
        Compiler.inspect(
            TestData.model(TestData.path("onnx-light/light_inception_v1.onnx")),
            Program.Reveal.USER);
    assertThat(inspection.operators()).containsEntry("Conv", 57).containsEntry("LRN", 2);
    assertThat(inspection.unsupported())
        .extracting(UnsupportedNode::operator)
        .containsExactly("LRN", "LRN");
  }

  @Test
  void inspect_softmaxRevealedToOwner_unsupported() {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    model.output(model.node("Softmax", List.of(model.input("x", 1, 4))));
    assertThat(Compiler.inspect(model.model(), Program.Reveal.USER).unsupported()).isEmpty();
    assertThat(Compiler.inspect(model.model(), Program.Reveal.OWNER).unsupported()).hasSize(1);
  }
}
