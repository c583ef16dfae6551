package io.maskwire.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.Main;
import io.maskwire.cli.check.GraphFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code maskwire check} prints and how it ends. */
class CheckCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... options) {
    String[] words = new String[2 + options.length];
    words[0] = "check";
    words[1] = folder.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return Main.run(new PrintWriter(out), new PrintWriter(err), words);
  }

  private void write(String name, String operator, double expected) {
    int[] sides = {1, 1};
    new GraphFile()
        .input("x", DataType.FLOAT, 1, 1)
        .node(operator, "x", "y")
        .output("y", DataType.FLOAT, 1, 1)
        .write(folder.resolve(name).resolve("model.onnx"));
    Path set = folder.resolve(name).resolve("test_data_set_0");
    GraphFile.tensor(set.resolve("input_0.pb"), "x", DataType.FLOAT, sides, 2);
    GraphFile.tensor(set.resolve("output_0.pb"), "y", DataType.FLOAT, sides, expected);
  }

  @Test
  void check_unsupportedCases_areCountedAndAreNoFailure() {
    write("a", "Relu", 2);
    write("b", "NotThere", 2);

    assertThat(run()).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("passed       a", "unsupported  b", "1 passed, 0 failed, 1 unsupported");
  }

  @Test
  void check_oneCaseFails_saysWhyAndRunsTheOthers() throws IOException {
    write("a", "Relu", Double.NaN);
    write("b", "Relu", 2);

    assertThat(run("--json")).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("failed").intValue()).isEqualTo(1);
    assertThat(json.get("passed").intValue()).isEqualTo(1);
    JsonNode failed = json.get("cases").get(0);
    assertThat(failed.get("status").asText()).isEqualTo("failed");
    assertThat(failed.get("message").asText()).contains("NaN is expected");
    assertThat(failed.get("maxAbsError").isNull()).isTrue();
  }
}
