package io.maskwire.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.input.InputWarning;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputWarningsTest {
  @Test
  void print_filesOfTwoOrders_saysEachOrderOnce() {
    StringWriter err = new StringWriter();

    InputWarnings.print(
        new PrintWriter(err),
        List.of(
            new InputWarning("a.nii", "is in order LPS"),
            new InputWarning("b.nii", "is in order RAS"),
            new InputWarning("c.nii", "is in order LPS"),
            new InputWarning("a.nii", "is in order LPS"),
            new InputWarning("d.nii", "is in order LPS")));

    assertThat(err.toString().lines())
        .containsExactly(
            "maskwire: warning: a.nii (and 2 more files) is in order LPS",
            "maskwire: warning: b.nii is in order RAS");
  }

  @Test
  void print_nothing_isSilent() {
    StringWriter err = new StringWriter();

    InputWarnings.print(new PrintWriter(err), List.of());

    assertThat(err.toString()).isEmpty();
  }
}
