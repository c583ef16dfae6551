package io.maskwire.cli.output;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * One line that says what is going on, redrawn in place on a terminal and silent elsewhere. Safe to
 * use from several threads.
 */
public final class Progress implements AutoCloseable {
  private static final int BAR = 30;
  private static final int LINE = 79;

  private final PrintStream out;
  private final boolean visible;
  private int drawn;

  /**
   * Progress on {@code out}.
   *
   * @param visible whether it is a terminal
   */
  public Progress(PrintStream out, boolean visible) {
    this.out = out;
    this.visible = visible;
  }

  /** Progress on the error stream, if that is a terminal. */
  public static Progress onTerminal() {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Progress(System.err, terminal);
  }

  /** Shows a step of unknown length. */
  public synchronized void step(String what) {
    draw(what);
  }

  /** Shows {@code done} of {@code total}. */
  public synchronized void step(String what, long done, long total) {
    int filled = (int) (BAR * Math.min(done, total) / Math.max(1, total));
    draw(
        String.format(
            Locale.ROOT,
            "%-30s [%s%s] %d/%d",
            what,
            "#".repeat(filled),
            ".".repeat(BAR - filled),
            done,
            total));
  }

  private void draw(String line) {
    if (!visible) {
      return;
    }
    String cut = line.length() > LINE ? line.substring(0, LINE) : line;
    out.print("\r" + cut + " ".repeat(Math.max(0, drawn - cut.length())));
    out.flush();
    drawn = cut.length();
  }

  /** Clears the line, so that something else can be printed. */
  public synchronized void clear() {
    if (visible && drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
