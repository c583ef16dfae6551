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
}
