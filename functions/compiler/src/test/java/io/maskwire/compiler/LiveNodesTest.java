package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.LiveNodes;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What nobody reads is no reason to refuse a model, and no part of it. */
class LiveNodesTest {

  /** A Relu, and beside it a chain that is unsupported from its start to its end. */
  private static ModelBuilder model() {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    String x = model.input("x", 1, 3);
    String strange = model.node("Erf", List.of(x));
    String whole = model.node("Cast", List.of(strange), attribute("to", 7));
    model.node("TopK", 2, List.of(whole, model.integers(1)));
    model.output(model.node("Relu", List.of(x)));
    return model;
  }

  @Test
  void compile_unsupportedNodesThatNobodyReads_givesTheRest() {
    CompiledModel compiled = Compiler.compile(model().model(), CompilerOptions.defaults());

    FloatTensor input = StandardCase.tensor(new int[] {1, 3}, -1, 0, 2);
    assertThat(FixedPointRun.run(compiled, List.of(input)).getFirst().values())
        .containsExactly(0, 0, 2);
  }

  @Test
  void inspect_unsupportedNodesThatNobodyReads_listsTheRest() {
    Inspection inspection = Compiler.inspect(model().model(), Program.Reveal.USER);

    assertThat(inspection.unsupported()).isEmpty();
    assertThat(inspection.operators()).containsOnlyKeys("Relu");
  }

  @Test
  void toBytes_nodesThatNobodyReads_notInTheArchitecture() throws IOException {
    CompiledModel compiled = Compiler.compile(model().model(), CompilerOptions.defaults());

    byte[] manifest = Manifest.toBytes(compiled, ProgramCodec.idOf(compiled.program()));
    assertThat(new String(manifest, StandardCharsets.UTF_8))
        .contains("Relu")
        .doesNotContain("Erf")
        .doesNotContain("TopK");
  }

  @Test
  void compile_softmaxThatADeadNodeReads_isTheLast() {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    String result = model.node("Softmax", List.of(model.input("x", 1, 3)));
    model.node("Log", List.of(result));
    model.output(result);

    CompiledModel compiled = Compiler.compile(model.model(), CompilerOptions.defaults());

    assertThat(compiled.program().outputs().getFirst().finish()).isEqualTo(Program.Finish.SOFTMAX);
  }

  @Test
  void compile_constantOfTextThatNobodyReads_compiles() {
    ModelProto.Builder proto = model().proto().toBuilder();
    proto
        .getGraphBuilder()
        .addInitializer(
            TensorProto.newBuilder()
                .setName("words")
                .setDataType(TensorProto.DataType.STRING_VALUE)
                .addDims(1));
    OnnxModel model = OnnxModel.parse("words", proto.build().toByteArray());

    assertThat(Compiler.inspect(model, Program.Reveal.USER).unsupported()).isEmpty();
  }

  @Test
  void compile_damageThatNobodyReads_corrupt() {
    ModelProto whole = model().proto();
    ModelProto.Builder twice = whole.toBuilder();
    twice.getGraphBuilder().addNode(whole.getGraph().getNode(0));
    ModelProto.Builder undefined = whole.toBuilder();
    undefined.getGraphBuilder().getNodeBuilder(0).setInput(0, "nothing");
    ModelProto.Builder tooShort = whole.toBuilder();
    tooShort.getGraphBuilder().getInitializerBuilder(0).setDims(0, 9);

    for (ModelProto.Builder damaged : List.of(twice, undefined, tooShort)) {
      OnnxModel model = OnnxModel.parse("damaged", damaged.build().toByteArray());
      assertThatThrownBy(() -> Compiler.compile(model, CompilerOptions.defaults()))
          .isInstanceOf(CorruptModelException.class);
    }
  }

  @Test
  void of_branchThatReadsANode_nodeIsLive() {
    NodeProto inner = NodeProto.newBuilder().setOpType("Relu").addInput("a").addOutput("b").build();
    GraphProto graph =
        model().proto().getGraph().toBuilder()
            .clearNode()
            .addNode(NodeProto.newBuilder().setOpType("Abs").addInput("x").addOutput("a"))
            .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("x").addOutput("c"))
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("If")
                    .addInput("x")
                    .addOutput(model().proto().getGraph().getOutput(0).getName())
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("then_branch")
                            .setG(GraphProto.newBuilder().addNode(inner))))
            .build();

    assertThat(LiveNodes.of(graph).nodes())
        .extracting(NodeProto::getOpType)
        .containsExactly("Abs", "If");
  }
}
