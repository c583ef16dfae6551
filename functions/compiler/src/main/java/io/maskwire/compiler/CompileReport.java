package io.maskwire.compiler;

import io.maskwire.compiler.lowering.Certainty;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What was decided, node by node.
 *
 * @param model name
 * @param rounds messages that each party sends to the other
 * @param rows in the program's order
 * @param published numbers of the model that everybody can read: bounds, slopes, attributes
 */
public record CompileReport(String model, int rounds, List<Row> rows, List<Published> published) {

  /**
   * A node. Widths are 0 where a node has none.
   *
   * @param node name in the ONNX file
   * @param operator ONNX operator
   * @param shape of the result
   * @param scale fractional bits of weights, for linear layers
   * @param valueBits b
   * @param shift f
   * @param productBits N
   * @param wireBits n, of the result
   * @param certainty why the widths are enough
   * @param spareBits bits that calibration left unused
   */
  public record Row(
      String node,
      String operator,
      String shape,
      int scale,
      int valueBits,
      int shift,
      int productBits,
      int wireBits,
      Certainty certainty,
      OptionalInt spareBits) {

    /** The bound in words. */
    public String headroom() {
      if (valueBits == 0) {
        return "exact";
      }
      return switch (certainty) {
        case PROVEN -> "proven";
        case CALIBRATED -> "calibrated, " + spareBits.orElse(0) + " spare";
        case ASSUMED -> "assumed, not proven";
      };
    }
  }

  /**
   * Real numbers that are the model's own and not secret.
   *
   * @param node name in the ONNX file
   * @param operator ONNX operator
   * @param what they are: an attribute, or the thresholds, slopes or offset of a function
   * @param values in that order
   */
  public record Published(String node, String operator, String what, List<Double> values) {
    public Published {
      values = List.copyOf(values);
    }
  }

  public CompileReport {
    rows = List.copyOf(rows);
    published = List.copyOf(published);
  }

  /** The worst certainty of all nodes. */
  public Certainty certainty() {
    return rows.stream()
        .filter(row -> row.valueBits() > 0)
        .map(Row::certainty)
        .max(Certainty::compareTo)
        .orElse(Certainty.PROVEN);
  }

  /** For people, at most 100 columns. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append("model %s, %d rounds, widths %s\n".formatted(cut(model, 50), rounds, certainty()));
    text.append(
        "w: weight scale, b: value width, f: dropped bits, N: product width, n: wire width\n\n");
    text.append(line("node", "operator", "shape", "w", "b", "f", "N", "n", "headroom"));
    for (Row row : rows) {
      text.append(
          line(
              row.node(),
              row.operator(),
              row.shape(),
              number(row.scale()),
              number(row.valueBits()),
              number(row.shift()),
              number(row.productBits()),
              number(row.wireBits()),
              row.headroom()));
    }
    text.append(publishedText());
    return text.toString();
  }

  private String publishedText() {
    if (published.isEmpty()) {
      return "\npublic: no number of the model beside its architecture\n";
    }
    StringBuilder text = new StringBuilder("\npublic beside the architecture, in ");
    text.append("program.bin or stripped.onnx:\n");
    for (Published numbers : published) {
      String values =
          numbers.values().stream().map(CompileReport::number).collect(Collectors.joining(", "));
      text.append(
          "%-20s %-18s %-10s %s%n"
              .formatted(
                  cut(numbers.node(), 20), cut(numbers.operator(), 18), numbers.what(), values)
              .replace("\r\n", "\n"));
    }
    return text.toString();
  }

  /** As a 32-bit float, which models have, with as many digits as tell it from others. */
  private static String number(double value) {
    return Float.toString((float) value);
  }

  private static String number(int value) {
    return value == 0 ? "-" : Integer.toString(value);
  }

  private static String line(String node, String operator, String shape, String... cells) {
    return "%-20s %-13s %-17s %3s %3s %3s %3s %3s  %s%n"
        .formatted(
            cut(node, 20),
            cut(operator, 13),
            cut(shape, 17),
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[4],
            cells[5])
        .replace("\r\n", "\n");
  }

  /** The end of a long name tells nodes apart. */
  private static String cut(String text, int length) {
    return text.length() <= length ? text : "~" + text.substring(text.length() - length + 1);
  }
}
