package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.FloatTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** ONNX's own backend cases, through the fixed-point program, against the expected outputs. */
class BackendCasesTest {
  private static final double LARGEST_ERROR = 0x1p-8;

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "test_Embedding",
          "test_GLU",
          "test_GLU_dim",
          "test_SELU",
          "test_Softplus",
          "test_expand_shape_model1",
          "test_expand_shape_model2",
          "test_expand_shape_model4",
          "test_operator_basic",
          "test_operator_exp",
          "test_operator_non_float_params",
          "test_operator_params",
          "test_operator_pow",
          "test_operator_symbolic_override",
          "test_sign_model");

  /** Their inputs are uninitialised memory, doubles up to 1e190. */
  private static final Set<String> INPUT_OUT_OF_RANGE =
      Set.of("test_operator_add_broadcast", "test_operator_add_size1_right_broadcast");

  @TestFactory
  Stream<DynamicTest> compile_backendCase_matchesExpectedOutput() {
    return Stream.of("pytorch-converted", "pytorch-operator", "simple")
        .flatMap(suite -> TestData.folders("onnx-backend/" + suite).stream())
        .map(
            folder ->
                DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> check(folder)));
  }

  private static void check(Path folder) {
    OnnxModel model = TestData.model(folder.resolve("model.onnx"));
    CompiledModel compiled;
    try {
      compiled = Compiler.compile(model, CompilerOptions.defaults());
    } catch (UnsupportedModelException e) {
      assertThat(UNSUPPORTED).as(e.getMessage()).contains(String.valueOf(folder.getFileName()));
      return;
    }
    assertThat(UNSUPPORTED).doesNotContain(String.valueOf(folder.getFileName()));
    Path set = folder.resolve("test_data_set_0");
    List<FloatTensor> inputs = tensors(set, "input_", model);
    if (INPUT_OUT_OF_RANGE.contains(String.valueOf(folder.getFileName()))) {
      assertThatIllegalArgumentException().isThrownBy(() -> FixedPointRun.run(compiled, inputs));
      return;
    }
    List<FloatTensor> outputs = FixedPointRun.run(compiled, inputs);
    List<FloatTensor> expected = tensors(set, "output_", model);
    assertThat(outputs).hasSameSizeAs(expected);
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(outputs.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(FixedPointRun.difference(outputs.get(i), expected.get(i)))
          .isLessThanOrEqualTo(LARGEST_ERROR);
    }
  }

  private static List<FloatTensor> tensors(Path set, String prefix, OnnxModel model) {
    List<FloatTensor> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(set.resolve(prefix + i + ".pb")); i++) {
      tensors.add(TestData.tensor(set.resolve(prefix + i + ".pb"), model));
    }
    return tensors;
  }
}
