package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Models that once went wrong: the right values in the right shape, or a refusal by name. */
class CasesTest {
  /** Of the expected value, if that is larger than 1. */
  private static final double LARGEST_ERROR = 0x1p-8;

  private static final double LEAST_BOUND = 8;

  /** What they mean is not computed, whatever operators are supported. */
  private static final Set<String> REFUSED =
      Set.of(
          "bn7_five_outputs",
          "bn_extra_out8",
          "bn_inf_scale",
          "bn_training",
          "div_by_zero_const",
          "dropout_mask_output",
          "weight_inf",
          "weight_nan",
          "zero_dim");

  /** Operators that are not supported yet. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "argmax_tie_last",
          "cast_int",
          "dynamic_hw",
          "einsum",
          "erf",
          "exp",
          "gelu20",
          "if_const",
          "instnorm",
          "local_function",
          "lrn",
          "qdq_act",
          "qdq_bias_1d",
          "reducel2",
          "resize_linear_align_corners",
          "resize_linear_half_pixel",
          "resize_nearest_asymmetric",
          "resize_nearest_half_pixel",
          "sigmoid_mid",
          "softmax_then_argmax",
          "tanh_mid",
          "upsample9");

  /** Its file of the output says 0 for 1 + 2, in another shape than the model. */
  private static final String WRONG_EXPECTATION = "rank0_in";

  @TestFactory
  Stream<DynamicTest> compile_case_rightOrRefusedByName() {
    return TestData.cases().stream()
        .filter(folder -> !folder.endsWith(WRONG_EXPECTATION))
        .map(folder -> DynamicTest.dynamicTest(name(folder), () -> check(folder)));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static void check(Path folder) {
    OnnxModel model = TestData.model(folder.resolve("model.onnx"));
    Path set = folder.resolve("test_data_set_0");
    if (REFUSED.contains(name(folder)) || UNSUPPORTED.contains(name(folder))) {
      assertThatThrownBy(() -> Compiler.compile(model, CompilerOptions.defaults()))
          .isInstanceOf(UnsupportedModelException.class);
      return;
    }
    List<FloatTensor> inputs = tensors(set, "input_", model);
    CompilerOptions options = CompilerOptions.defaults().withInputBound(bound(inputs));
    List<FloatTensor> outputs = FixedPointRun.run(Compiler.compile(model, options), inputs);
    List<FloatTensor> expected = tensors(set, "output_", model);

    assertThat(outputs).hasSameSizeAs(expected);
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(outputs.get(i).shape()).isEqualTo(expected.get(i).shape());
      for (int j = 0; j < expected.get(i).values().length; j++) {
        double right = expected.get(i).get(j);
        double error = Math.abs(outputs.get(i).get(j) - right);
        assertThat(error / Math.max(1, Math.abs(right))).isLessThanOrEqualTo(LARGEST_ERROR);
      }
    }
  }

  private static double bound(List<FloatTensor> inputs) {
    double bound = LEAST_BOUND;
    for (FloatTensor input : inputs) {
      for (float value : input.values()) {
        bound = Math.max(bound, 2 * Math.abs(value));
      }
    }
    return bound;
  }

  private static List<FloatTensor> tensors(Path set, String prefix, OnnxModel model) {
    List<FloatTensor> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(set.resolve(prefix + i + ".pb")); i++) {
      tensors.add(TestData.tensor(set.resolve(prefix + i + ".pb"), model));
    }
    return tensors;
  }
}
