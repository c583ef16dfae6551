package io.maskwire.cli.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.cli.check.GraphFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedModelTest {
  @TempDir private Path folder;

  @Test
  void requireReadable_severalBadSamples_namesAllOfThem() throws Exception {
    Path model =
        new GraphFile()
            .input("x", DataType.FLOAT, 1, 3)
            .node("Relu", "x", "y")
            .output("y", DataType.FLOAT, 1, 3)
            .write(folder.resolve("model.onnx"));
    Path good =
        GraphFile.tensor(folder.resolve("good.pb"), "x", DataType.FLOAT, new int[] {1, 3}, 1, 2, 3);
    Path picture = Files.writeString(folder.resolve("bad.png"), "no picture");
    Path missing = folder.resolve("not-there.npy");

    assertThatThrownBy(() -> LoadedModel.requireReadable(model, List.of(picture, good, missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("bad.png", "not-there.npy")
        .hasMessageNotContaining("good.pb");
  }
}
