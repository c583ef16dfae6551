package io.maskwire.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.compiler.lowering.Certainty;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.execution.MessagePlan;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.ProgramId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/** {@code manifest.json}: what a program takes and gives, and the report as data. Public. */
final class Manifest {
  private static final String FORMAT = "maskwire-model";
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Manifest() {}

  static byte[] toBytes(CompiledModel model, ProgramId id) throws IOException {
    Program program = model.program();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("model", program.model());
    root.put("modelVersion", program.version());
    root.put("program", HexFormat.of().formatHex(id.toBytes()));
    root.put("reveal", program.reveal().name());
    root.put("rounds", model.report().rounds());
    root.put("widths", model.report().certainty().name());
    ArrayNode inputs = root.putArray("inputs");
    for (Program.Input input : program.inputs()) {
      ObjectNode node = inputs.addObject().put("name", input.name());
      shape(node, input.shape());
      node.put("scale", input.scale())
          .put("bound", Math.scalb((double) input.bound(), -input.scale()));
      node.put("width", input.wire().width().bits());
    }
    ArrayNode outputs = root.putArray("outputs");
    for (Program.Output output : program.outputs()) {
      ObjectNode node = outputs.addObject().put("name", output.name());
      shape(node, output.resultShape());
      node.put("scale", output.scale()).put("width", output.wire().width().bits());
      node.put("finish", output.finish().name()).put("axis", output.axis());
    }
    cost(root, program);
    Architecture.write(root.putObject("architecture"), model);
    ArrayNode rows = root.putArray("nodes");
    model.report().rows().forEach(row -> write(rows.addObject(), row));
    ArrayNode published = root.putArray("published");
    model.report().published().forEach(numbers -> write(published.addObject(), numbers));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  /** What one session takes, so that users see it before they start. */
  private static void cost(ObjectNode root, Program program) {
    KeyPlan keys = new KeyPlan(program);
    root.putObject("cost")
        .put("commonKeyBytes", keys.commonBytes())
        .put("party0KeyBytes", keys.party0Bytes())
        .put("party1KeyBytes", keys.party1Bytes())
        .put("messageBytes", new MessagePlan(program).totalBytes());
  }

  private static void shape(ObjectNode node, Shape shape) {
    ArrayNode dimensions = node.putArray("shape");
    shape.dimensions().forEach(dimension -> dimensions.add(dimension.intValue()));
  }

  private static void write(ObjectNode node, CompileReport.Row row) {
    node.put("node", row.node());
    node.put("operator", row.operator());
    node.put("shape", row.shape());
    node.put("weightScale", row.scale());
    node.put("valueBits", row.valueBits());
    node.put("shift", row.shift());
    node.put("productBits", row.productBits());
    node.put("wireBits", row.wireBits());
    node.put("certainty", row.certainty().name());
    row.spareBits().ifPresent(bits -> node.put("spareBits", bits));
  }

  private static void write(ObjectNode node, CompileReport.Published numbers) {
    node.put("node", numbers.node());
    node.put("operator", numbers.operator());
    node.put("what", numbers.what());
    ArrayNode values = node.putArray("values");
    numbers.values().forEach(value -> values.add(value.doubleValue()));
  }

  static JsonNode parse(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  static boolean isOurs(JsonNode manifest) {
    return FORMAT.equals(manifest.path("format").asText());
  }

  /** The report in a manifest. */
  static CompileReport report(JsonNode manifest) throws IOException {
    if (!isOurs(manifest) || manifest.path("version").asInt() != VERSION) {
      throw new IOException(
          "the manifest is not of format %s, version %d".formatted(FORMAT, VERSION));
    }
    List<CompileReport.Row> rows = new ArrayList<>();
    for (JsonNode node : manifest.path("nodes")) {
      rows.add(row(node));
    }
    List<CompileReport.Published> published = new ArrayList<>();
    for (JsonNode node : manifest.path("published")) {
      published.add(published(node));
    }
    return new CompileReport(
        manifest.path("model").asText(), manifest.path("rounds").asInt(), rows, published);
  }

  private static CompileReport.Published published(JsonNode node) {
    List<Double> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(value.asDouble()));
    return new CompileReport.Published(
        node.path("node").asText(),
        node.path("operator").asText(),
        node.path("what").asText(),
        values);
  }

  private static CompileReport.Row row(JsonNode node) throws IOException {
    JsonNode spare = node.path("spareBits");
    try {
      return new CompileReport.Row(
          node.path("node").asText(),
          node.path("operator").asText(),
          node.path("shape").asText(),
          node.path("weightScale").asInt(),
          node.path("valueBits").asInt(),
          node.path("shift").asInt(),
          node.path("productBits").asInt(),
          node.path("wireBits").asInt(),
          Certainty.valueOf(node.path("certainty").asText()),
          spare.isInt() ? OptionalInt.of(spare.asInt()) : OptionalInt.empty());
    } catch (IllegalArgumentException e) {
      throw new IOException("the manifest names an unknown certainty", e);
    }
  }
}
