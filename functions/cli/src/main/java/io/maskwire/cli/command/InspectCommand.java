package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import io.maskwire.compiler.CompileReport;
import io.maskwire.compiler.CompiledFolder;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire inspect}: what a model costs, before running it. */
@Command(
    name = "inspect",
    description = "Shows rounds, widths, key bytes and operators; names every unsupported node.")
public final class InspectCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "OUT|MODEL.onnx", description = "a model")
  private Path model;

  @Mixin private CompileSettings settings;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    int code = Files.isDirectory(model) ? compiled() : onnx();
    spec.commandLine().getOut().flush();
    return code;
  }

  /** Needs the public files only. */
  private int compiled() throws IOException {
    LoadedModel.requireCompiled(model);
    CompileReport report = CompiledFolder.readReport(model);
    Map<String, Integer> operators = new TreeMap<>();
    for (CompileReport.Row row : report.rows()) {
      operators.merge(row.operator(), 1, Integer::sum);
    }
    supported(CompiledFolder.readProgram(model), report, operators);
    return ExitCode.DONE;
  }

  private int onnx() throws IOException {
    Map<String, Integer> operators =
        Compiler.inspect(OnnxModel.read(model), settings.options().reveal()).operators();
    try {
      CompiledModel compiled = LoadedModel.load(model, settings).compiled();
      supported(compiled.program(), compiled.report(), new TreeMap<>(operators));
      return ExitCode.DONE;
    } catch (UnsupportedModelException e) {
      unsupported(e.nodes(), new TreeMap<>(operators));
      return ExitCode.UNSUPPORTED_MODEL;
    }
  }

  private void supported(Program program, CompileReport report, Map<String, Integer> operators) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(complete(costs(program), operators, List.of())));
    } else {
      out.println(report.toText());
      printCosts(out, program, operators);
    }
  }

  private void unsupported(List<UnsupportedNode> nodes, Map<String, Integer> operators) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode nothing = Json.object().putNull("rounds").putNull("keyBytes");
      out.println(Json.text(complete(nothing, operators, nodes)));
    } else {
      out.printf("%s has %d nodes that are not supported:%n", model, nodes.size());
      nodes.forEach(node -> out.println("  " + node));
    }
  }

  private static ObjectNode complete(
      ObjectNode json, Map<String, Integer> operators, List<UnsupportedNode> unsupported) {
    ObjectNode counts = json.putObject("operators");
    operators.forEach(counts::put);
    ArrayNode nodes = json.putArray("unsupported");
    for (UnsupportedNode node : unsupported) {
      ObjectNode entry = nodes.addObject();
      entry.put("name", node.name()).put("operator", node.operator()).put("hint", node.hint());
      ArrayNode shapes = entry.putArray("shapes");
      node.shapes().forEach(shapes::add);
    }
    return json;
  }

  /** What a session of {@code program} costs. */
  static ObjectNode costs(Program program) {
    KeyPlan plan = new KeyPlan(program);
    ObjectNode json = Json.object();
    json.put("model", program.model());
    json.put("rounds", Schedule.of(program).rounds());
    json.putObject("keyBytes")
        .put("common", plan.commonBytes())
        .put("party0", plan.party0Bytes())
        .put("party1", plan.party1Bytes());
    json.put("maskedWeightBytes", maskedWeightBytes(program));
    return json;
  }

  private static long maskedWeightBytes(Program program) {
    return program.weights().stream()
        .mapToLong(weight -> weight.width().packedBytes(weight.count()))
        .sum();
  }

  private static void printCosts(PrintWriter out, Program program, Map<String, Integer> operators) {
    KeyPlan plan = new KeyPlan(program);
    Table table = new Table();
    table.row("rounds between the parties", Integer.toString(Schedule.of(program).rounds()));
    table.row("keys of a session: common", Quantities.bytes(plan.commonBytes()));
    table.row("keys of a session: party 0", Quantities.bytes(plan.party0Bytes()));
    table.row("keys of a session: party 1", Quantities.bytes(plan.party1Bytes()));
    table.row("masked weights, once per version", Quantities.bytes(maskedWeightBytes(program)));
    out.print(table.text());
    out.println("operators: " + operators);
  }
}
