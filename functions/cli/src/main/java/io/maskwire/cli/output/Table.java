package io.maskwire.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, for a terminal: the first column left, the others right aligned. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** Appends a row. */
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** All rows, two spaces between columns, no line with trailing blanks. */
  public String text() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String padding = " ".repeat(widths[i] - cell.length());
        line.append(i == 0 ? cell + padding : "  " + padding + cell);
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  /**
   * {@code words} in lines of at most {@code columns}, broken between words where that is possible.
   *
   * @param indent before each line
   */
  public static String wrapped(String indent, String words, int columns) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (String word : words.strip().split("\\s+")) {
      String rest = word;
      if (line.length() > indent.length() && line.length() + 1 + rest.length() > columns) {
        text.append(line).append(System.lineSeparator());
        line = new StringBuilder(indent);
      }
      while (indent.length() + rest.length() > columns) {
        text.append(indent).append(rest, 0, columns - indent.length());
        text.append(System.lineSeparator());
        rest = rest.substring(columns - indent.length());
      }
      line.append(line.length() > indent.length() ? " " : "").append(rest);
    }
    return text.append(line).append(System.lineSeparator()).toString();
  }
}
