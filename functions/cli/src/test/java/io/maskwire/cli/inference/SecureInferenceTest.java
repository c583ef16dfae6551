package io.maskwire.cli.inference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.cli.check.GraphFile;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SecureInferenceTest {
  @TempDir private Path folder;

  /** The other party waits for messages; it must be told. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void infer_onePartyRunsOutOfStack_endsWithThatError() throws IOException {
    Path file =
        new GraphFile()
            .input("x", DataType.FLOAT, 1, 3)
            .node("Relu", "x", "r")
            .node("Neg", "r", "n")
            .node("Relu", "n", "y")
            .output("y", DataType.FLOAT, 1, 3)
            .write(folder.resolve("model.onnx"));
    CompiledModel compiled = Compiler.compile(OnnxModel.read(file), CompilerOptions.defaults());
    SecureRandom random = new SecureRandom();
    SecureInference inference =
        new SecureInference(
            ModelVersion.prepare(compiled.program(), compiled.weights(), random), random);
    FloatTensor input = FloatTensor.takeOwnershipOf(Shape.of(1, 3), new float[] {1, 2, 3});

    assertThatThrownBy(
            () ->
                inference.infer(
                    List.of(input),
                    round -> {
                      throw new StackOverflowError("deep");
                    }))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("deep");
  }
}
