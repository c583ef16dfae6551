package io.maskwire.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private static final int COLUMNS = 80;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String drawn() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What a terminal shows after each drawing: a carriage return goes back to the first column. */
  private List<String> lines() {
    return List.of(drawn().substring(1).split("\r", -1));
  }

  @Test
  void step_noTerminal_printsNothing() {
    try (Progress progress = new Progress(out, false)) {
      progress.step("compiling");
      progress.step("round", 1, 2);
    }

    assertThat(drawn()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 3", "5, 15", "10, 30", "11, 30"})
  void step_partDone_fillsThatPartOfTheBar(int done, int filled) {
    new Progress(out, true).step("round", done, 10);

    assertThat(lines().getFirst())
        .contains("[" + "#".repeat(filled) + ".".repeat(30 - filled) + "]")
        .endsWith(done + "/10");
  }

  @Test
  void step_longNames_stayOnOneLine() {
    String name = "a-very-long-name-".repeat(9) + ".nii.gz";
    try (Progress progress = new Progress(out, true)) {
      progress.step(name);
      progress.step(name, 100_000, 200_000);
      progress.step("short");
    }

    assertThat(lines()).allMatch(line -> line.length() < COLUMNS);
    assertThat(drawn()).doesNotContain("\n");
  }

  @Test
  void step_shorterThanTheLast_coversIt() {
    Progress progress = new Progress(out, true);
    progress.step("a long description");
    progress.step("short");

    assertThat(lines().getLast()).isEqualTo("short" + " ".repeat(13));
  }

  @Test
  void close_afterDrawing_leavesAnEmptyLine() {
    Progress progress = new Progress(out, true);
    progress.step("compiling");
    progress.close();

    assertThat(drawn()).endsWith("\r" + " ".repeat(9) + "\r");
  }
}
