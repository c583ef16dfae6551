package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.inference.Comparison;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.input.InputWarning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is said about one inference, to people and to scripts.
 *
 * @param input name of the input
 * @param labels of the classes
 * @param secure the secure result
 * @param comparison with the original model in floats
 * @param compileMillis time of compiling and masking the weights, once per version; 0 if that was
 *     done elsewhere
 * @param warnings what the user should hear of the input before relying on the result
 */
record InferenceReport(
    String input,
    Labels labels,
    InferenceResult secure,
    Comparison comparison,
    double compileMillis,
    List<InputWarning> warnings)
    implements InputOutcome {
  private static final int TOP = 3;
  private static final int COLUMNS = 80;
  private static final int LABEL_COLUMNS = 44;
  private static final float LARGE = 1e9f;

  InferenceReport {
    warnings = List.copyOf(warnings);
  }

  /** A report on an input that there is nothing to say of. */
  InferenceReport(
      String input,
      Labels labels,
      InferenceResult secure,
      Comparison comparison,
      double compileMillis) {
    this(input, labels, secure, comparison, compileMillis, List.of());
  }

  /** The same with what is to be said of the input. */
  InferenceReport withWarnings(List<InputWarning> heard) {
    return new InferenceReport(input, labels, secure, comparison, compileMillis, heard);
  }

  /** The label of the largest element of the first output. */
  String label() {
    return best(secure.outputs()).label();
  }

  /** Whether the float model has the same label: not if its outputs are others, if it has any. */
  Optional<Boolean> agrees() {
    return switch (comparison.status()) {
      case COMPARED ->
          Optional.of(best(comparison.reference()).index() == best(secure.outputs()).index());
      case DIFFERS -> Optional.of(false);
      case NOT_COMPARED, NO_ORIGINAL -> Optional.empty();
    };
  }

  private Labels.Ranked best(List<FloatTensor> outputs) {
    return labels.top(outputs.getFirst(), 1).getFirst();
  }

  /** The object that scripts rely on. */
  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("input", input);
    json.put("label", label());
    ArrayNode heard = json.putArray("warnings");
    warnings.forEach(warning -> heard.add(warning.toString()));
    ArrayNode top = json.putArray("top");
    FloatTensor first = secure.outputs().getFirst();
    for (Labels.Ranked each : labels.top(first, TOP)) {
      top.addObject().put("label", each.label()).put("value", each.value());
    }
    json.set("output", Json.array(first));
    if (secure.outputs().size() > 1) {
      ArrayNode all = json.putArray("outputs");
      secure.outputs().forEach(output -> all.add(Json.array(output)));
    }
    secure
        .bitExact()
        .ifPresentOrElse(exact -> json.put("bitExact", exact), () -> json.putNull("bitExact"));
    putComparison(json);
    json.put("rounds", secure.rounds());
    json.putObject("keyBytes")
        .put("common", secure.keyBytes().common())
        .put("party0", secure.keyBytes().party0())
        .put("party1", secure.keyBytes().party1());
    json.putObject("onlineBytes")
        .put("input", secure.onlineBytes().input())
        .put("openings", secure.onlineBytes().openings());
    ObjectNode millis = json.putObject("millis");
    millis
        .put("compile", Json.rounded(compileMillis))
        .put("deal", Json.rounded(secure.millis().deal()))
        .put("offline", Json.rounded(secure.millis().offline()))
        .put("online", Json.rounded(secure.millis().online()));
    secure.millis().total().ifPresent(total -> millis.put("total", Json.rounded(total)));
    return json;
  }

  /** How the result compares with floats; for scripts, in every report. */
  void putComparison(ObjectNode json) {
    comparison
        .maxAbsError()
        .ifPresentOrElse(e -> json.put("maxAbsError", e), () -> json.putNull("maxAbsError"));
    agrees()
        .ifPresentOrElse(
            agreement -> json.put("agreesWithFloat", agreement),
            () -> json.putNull("agreesWithFloat"));
    json.put("comparison", comparison.status().label());
    if (!comparison.reason().isEmpty()) {
      json.put("comparisonReason", comparison.reason());
    }
  }

  /** Lines of at most 80 columns. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(shortened(input + ": " + label(), COLUMNS)).append(System.lineSeparator());
    text.append(System.lineSeparator());
    Table ranked = new Table();
    int place = 1;
    for (Labels.Ranked each : labels.top(secure.outputs().getFirst(), TOP)) {
      ranked.row(
          "  %d. %s".formatted(place++, shortened(each.label(), LABEL_COLUMNS)),
          String.format(
              Locale.ROOT, Math.abs(each.value()) < LARGE ? "%.4f" : "%.4e", each.value()));
    }
    text.append(ranked.text()).append(System.lineSeparator());
    text.append(facts().text());
    text.append(doubts());
    return text.toString();
  }

  private static String shortened(String words, int columns) {
    return words.length() <= columns ? words : words.substring(0, columns - 1) + "…";
  }

  /** Why there is no difference to show, if ONNX Runtime was to be asked. */
  private String doubts() {
    return switch (comparison.status()) {
      case COMPARED, NO_ORIGINAL -> "";
      case DIFFERS, NOT_COMPARED -> {
        String words = comparison.status().label() + ": " + comparison.reason();
        yield Table.wrapped("  ", words, COLUMNS);
      }
    };
  }

  private Table facts() {
    Table facts = new Table();
    secure
        .bitExact()
        .ifPresent(
            exact ->
                facts.row(
                    "  secure result equals the fixed-point program", exact ? "all bits" : "NO"));
    agrees()
        .ifPresent(
            agreement ->
                facts.row("  same label as ONNX Runtime in floats", agreement ? "yes" : "NO"));
    if (comparison.status() == Comparison.Status.NOT_COMPARED) {
      facts.row("  same label as ONNX Runtime in floats", comparison.status().label());
    }
    comparison
        .maxAbsError()
        .ifPresent(e -> facts.row("  largest difference to ONNX Runtime", Quantities.error(e)));
    facts.row("  rounds between the parties", Integer.toString(secure.rounds()));
    facts.row("  keys: common", Quantities.bytes(secure.keyBytes().common()));
    facts.row("  keys: party 0", Quantities.bytes(secure.keyBytes().party0()));
    facts.row("  keys: party 1", Quantities.bytes(secure.keyBytes().party1()));
    facts.row("  sent: masked input", Quantities.bytes(secure.onlineBytes().input()));
    facts.row("  sent: openings, both parties", Quantities.bytes(secure.onlineBytes().openings()));
    // A party of two machines neither compiles nor deals; behind a gateway others do it unseen.
    if (compileMillis > 0) {
      facts.row("  time: compile, once per version", Quantities.millis(compileMillis));
    }
    if (secure.millis().deal() > 0) {
      facts.row("  time: deal keys", Quantities.millis(secure.millis().deal()));
    }
    facts.row("  time: offline, before the image", Quantities.millis(secure.millis().offline()));
    facts.row("  time: online, image to result", Quantities.millis(secure.millis().online()));
    secure
        .millis()
        .total()
        .ifPresent(total -> facts.row("  time: upload to result", Quantities.millis(total)));
    return facts;
  }
}
