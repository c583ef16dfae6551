package io.maskwire.compiler;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.maskwire.compiler.importer.GraphImporter;
import io.maskwire.compiler.lowering.Certainty;
import io.maskwire.compiler.lowering.Decision;
import io.maskwire.compiler.lowering.Lowered;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** Puts a report together from the graph, the program and the decisions of the lowering. */
final class ReportWriter {
  private final Map<String, String> operators = new HashMap<>();
  private final Map<String, String> shapes = new HashMap<>();
  private final Map<String, List<Decision>> decisions = new HashMap<>();

  private ReportWriter(List<NodeProto> nodes, Graph graph, Lowered lowered) {
    for (NodeProto node : nodes) {
      operators.put(GraphImporter.nameOf(node), node.getOpType());
    }
    graph.inputs().forEach(input -> shapes.put(input.name(), input.value().shape().toString()));
    graph.nodes().forEach(node -> shapes.put(node.name(), node.output().shape().toString()));
    graph.outputs().forEach(output -> shapes.put(output.name(), output.shape().toString()));
    for (Decision decision : lowered.decisions()) {
      decisions.computeIfAbsent(decision.node(), _ -> new ArrayList<>()).add(decision);
    }
  }

  /** The report of a model whose public form is {@code stripped}. */
  static CompileReport write(byte[] stripped, Graph graph, Lowered lowered) {
    List<NodeProto> nodes = nodes(stripped);
    ReportWriter writer = new ReportWriter(nodes, graph, lowered);
    Program program = lowered.program();
    Map<String, List<Gate>> gates = new LinkedHashMap<>();
    for (Program.Step step : program.steps()) {
      gates.computeIfAbsent(step.node(), _ -> new ArrayList<>()).add(step.gate());
    }
    List<CompileReport.Row> rows = new ArrayList<>();
    gates.forEach((node, steps) -> rows.add(writer.row(node, steps, program)));
    return new CompileReport(
        program.model(), Schedule.of(program).rounds(), rows, PublicNumbers.of(nodes, graph));
  }

  private static List<NodeProto> nodes(byte[] stripped) {
    try {
      return ModelProto.parseFrom(stripped).getGraph().getNodeList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the stripped model does not parse", e);
    }
  }

  private CompileReport.Row row(String node, List<Gate> gates, Program program) {
    List<Decision> made = decisions.getOrDefault(node, List.of());
    return new CompileReport.Row(
        node,
        operators.getOrDefault(node, "-"),
        shapes.getOrDefault(node, "-"),
        largest(gates, gate -> weightScale(gate, program)),
        made.stream().mapToInt(Decision::bits).max().orElse(0),
        largest(gates, gate -> truncation(gate).map(Truncation::shift).orElse(0)),
        largest(gates, ReportWriter::productBits),
        gates.getLast().outputs().getLast().width().bits(),
        made.stream().map(Decision::certainty).max(Certainty::compareTo).orElse(Certainty.PROVEN),
        spare(made));
  }

  private static int largest(List<Gate> gates, ToIntFunction<Gate> function) {
    return gates.stream().mapToInt(function).max().orElse(0);
  }

  private static int weightScale(Gate gate, Program program) {
    return gate instanceof Gate.Linear linear ? program.weights().get(linear.weight()).scale() : 0;
  }

  private static int productBits(Gate gate) {
    return switch (gate) {
      case Gate.Linear g -> g.output().width().bits();
      case Gate.Multiply g -> g.output().width().bits();
      case Gate.ReluTruncate g -> g.truncation().product().bits();
      case Gate.Truncate g -> g.truncation().product().bits();
      case Gate.Combine _,
          Gate.Constant _,
          Gate.Gather _,
          Gate.Open _,
          Gate.PiecewiseLinear _,
          Gate.Select _,
          Gate.Table _ ->
          0;
    };
  }

  private static Optional<Truncation> truncation(Gate gate) {
    return switch (gate) {
      case Gate.ReluTruncate g -> Optional.of(g.truncation());
      case Gate.Truncate g -> Optional.of(g.truncation());
      case Gate.Combine _,
          Gate.Constant _,
          Gate.Gather _,
          Gate.Linear _,
          Gate.Multiply _,
          Gate.Open _,
          Gate.PiecewiseLinear _,
          Gate.Select _,
          Gate.Table _ ->
          Optional.empty();
    };
  }

  private static OptionalInt spare(List<Decision> decisions) {
    return decisions.stream()
        .flatMap(decision -> decision.spareBits().stream())
        .mapToInt(Integer::intValue)
        .min();
  }
}
