package io.maskwire.compiler;

import io.maskwire.compiler.lowering.Certainty;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was decided, node by node.
 *
 * @param model name
 * @param rounds messages that each party sends to the other
 * @param rows in the program's order
 */
public record CompileReport(String model, int rounds, List<Row> rows) {

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

  public CompileReport {
    rows = List.copyOf(rows);
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
    return text.toString();
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
