package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.output.Table;
import io.maskwire.crypto.ring.FloatTensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is said about one inference, to people and to scripts.
 *
 * @param input name of the input
 * @param labels of the classes, empty if only indices are known
 * @param secure the secure result
 * @param reference the float result of the original model, if it is at hand
 * @param compileMillis time of compiling and masking the weights, once per version
 */
record InferenceReport(
    String input,
    List<String> labels,
    InferenceResult secure,
    Optional<List<FloatTensor>> reference,
    double compileMillis) {
  private static final int TOP = 3;
  private static final int LABEL_COLUMNS = 44;

  /** Largest difference to the float model over all outputs. */
  Optional<Double> maxAbsError() {
    return reference.map(
        expected -> {
          double largest = 0;
          for (int i = 0; i < expected.size(); i++) {
            float[] actual = secure.outputs().get(i).values();
            float[] wanted = expected.get(i).values();
            for (int j = 0; j < wanted.length; j++) {
              largest = Math.max(largest, Math.abs((double) actual[j] - wanted[j]));
            }
          }
          return largest;
        });
  }

  /** The label of the largest element of the first output. */
  String label() {
    return label(ranking(secure.outputs().getFirst()).getFirst());
  }

  /** Whether the float model has the same label. */
  Optional<Boolean> agrees() {
    return reference.map(
        expected ->
            ranking(expected.getFirst())
                .getFirst()
                .equals(ranking(secure.outputs().getFirst()).getFirst()));
  }

  private String label(int index) {
    return index < labels.size() ? labels.get(index) : Integer.toString(index);
  }

  /** Indices by falling value; equal values keep their order. */
  private static List<Integer> ranking(FloatTensor output) {
    return IntStream.range(0, output.values().length)
        .boxed()
        .sorted((a, b) -> Float.compare(output.get(b), output.get(a)))
        .toList();
  }

  /** The object that scripts rely on. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("input", input);
    json.put("label", label());
    ArrayNode top = json.putArray("top");
    FloatTensor first = secure.outputs().getFirst();
    for (int index : ranking(first).stream().limit(TOP).toList()) {
      top.addObject().put("label", label(index)).put("value", first.get(index));
    }
    json.set("output", Json.array(first));
    if (secure.outputs().size() > 1) {
      ArrayNode all = json.putArray("outputs");
      secure.outputs().forEach(output -> all.add(Json.array(output)));
    }
    secure
        .bitExact()
        .ifPresentOrElse(exact -> json.put("bitExact", exact), () -> json.putNull("bitExact"));
    maxAbsError()
        .ifPresentOrElse(e -> json.put("maxAbsError", e), () -> json.putNull("maxAbsError"));
    agrees().ifPresent(agreement -> json.put("agreesWithFloat", agreement));
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

  /** Lines of at most 80 columns. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(input).append(": ").append(label()).append(System.lineSeparator());
    text.append(System.lineSeparator());
    Table ranked = new Table();
    FloatTensor first = secure.outputs().getFirst();
    int place = 1;
    for (int index : ranking(first).stream().limit(TOP).toList()) {
      ranked.row(
          "  %d. %s".formatted(place++, shortened(label(index))),
          String.format(Locale.ROOT, "%.4f", first.get(index)));
    }
    text.append(ranked.text()).append(System.lineSeparator());
    return text.append(facts().text()).toString();
  }

  private static String shortened(String label) {
    return label.length() <= LABEL_COLUMNS ? label : label.substring(0, LABEL_COLUMNS - 1) + "…";
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
    maxAbsError()
        .ifPresent(e -> facts.row("  largest difference to ONNX Runtime", Quantities.error(e)));
    facts.row("  rounds between the parties", Integer.toString(secure.rounds()));
    facts.row("  keys: common", Quantities.bytes(secure.keyBytes().common()));
    facts.row("  keys: party 0", Quantities.bytes(secure.keyBytes().party0()));
    facts.row("  keys: party 1", Quantities.bytes(secure.keyBytes().party1()));
    facts.row("  sent: masked input", Quantities.bytes(secure.onlineBytes().input()));
    facts.row("  sent: openings, both parties", Quantities.bytes(secure.onlineBytes().openings()));
    facts.row("  time: compile, once per version", Quantities.millis(compileMillis));
    facts.row("  time: deal keys", Quantities.millis(secure.millis().deal()));
    facts.row("  time: offline, before the image", Quantities.millis(secure.millis().offline()));
    facts.row("  time: online, image to result", Quantities.millis(secure.millis().online()));
    secure
        .millis()
        .total()
        .ifPresent(total -> facts.row("  time: upload to result", Quantities.millis(total)));
    return facts;
  }
}
