package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.maskwire.compiler.importer.GraphImporter;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.lowering.Lowered;
import io.maskwire.compiler.lowering.Lowerer;
import io.maskwire.compiler.onnx.LiveNodes;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.compiler.onnx.Stripper;
import io.maskwire.compiler.optimizer.Optimizer;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Program;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compiles ONNX models. */
public final class Compiler {
  private Compiler() {}

  /**
   * The program, weights and report of {@code model}.
   *
   * @throws io.maskwire.compiler.onnx.CorruptModelException if the model contradicts the standard
   * @throws UnsupportedModelException naming every node that is not supported
   */
  public static CompiledModel compile(OnnxModel model, CompilerOptions options) {
    GraphImporter.Result imported = GraphImporter.run(model, options.reveal());
    Graph graph =
        imported
            .graph()
            .orElseThrow(() -> new UnsupportedModelException(model.name(), imported.unsupported()));
    Graph optimized = Optimizer.optimize(graph);
    List<UnsupportedNode> tooLarge = MagnitudeCheck.check(optimized);
    if (!tooLarge.isEmpty()) {
      throw new UnsupportedModelException(model.name(), tooLarge);
    }
    Lowerer lowerer = new Lowerer(options.scale(), options.width(), options.effectiveInputBound());
    Lowered lowered = lowerer.lower(optimized, options.reveal(), options.calibration());
    byte[] stripped = Stripper.strip(model, imported.constants());
    return new CompiledModel(
        named(lowered.program()),
        lowered.weights(),
        stripped,
        ReportWriter.write(stripped, optimized, lowered));
  }

  /** A name that no other compilation has, so that its weights are never masked as another's. */
  private static Program named(Program program) {
    byte[] name = new byte[16];
    new SecureRandom().nextBytes(name);
    return new Program(
        program.model(),
        HexFormat.of().formatHex(name),
        program.reveal(),
        program.inputs(),
        program.weights(),
        program.steps(),
        program.outputs());
  }

  /** The operators of {@code model} and what of them is unsupported; throws nothing for that. */
  public static Inspection inspect(OnnxModel model, Program.Reveal reveal) {
    Map<String, Integer> operators = new TreeMap<>();
    for (NodeProto node : LiveNodes.of(model.proto().getGraph()).nodes()) {
      operators.merge(node.getOpType(), 1, Integer::sum);
    }
    return new Inspection(operators, GraphImporter.run(model, reveal).unsupported());
  }
}
