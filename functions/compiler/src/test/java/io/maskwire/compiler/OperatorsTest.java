package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.compiler.lowering.Certainty;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of small models, beside ONNX Runtime, with all ranges checked. */
class OperatorsTest {
  private static final double LARGEST_ERROR = 0x1p-8;

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.maskwire.compiler.ModelCase#all")
  void compile_operator_matchesOnnxRuntime(ModelCase modelCase) {
    ModelBuilder model = modelCase.build();
    CompilerOptions options =
        CompilerOptions.defaults()
            .withReveal(
                modelCase.name().startsWith("argmax") ? Program.Reveal.BOTH : Program.Reveal.USER);
    CompiledModel compiled = Compiler.compile(model.model(), options);
    assertThat(compiled.report().certainty()).isEqualTo(Certainty.PROVEN);
    for (int run = 0; run < 3; run++) {
      Map<String, FloatTensor> inputs = model.randomInputs();
      check(compiled, model, inputs);
    }
    for (int run = 0; run < 8; run++) {
      FixedPointRun.run(compiled, model.extremeInputs(run));
    }
  }

  private static void check(
      CompiledModel compiled, ModelBuilder model, Map<String, FloatTensor> inputs) {
    List<FloatTensor> expected = OnnxRuntime.run(model.bytes(), inputs);
    List<FloatTensor> outputs = FixedPointRun.run(compiled, List.copyOf(inputs.values()));
    assertThat(outputs).hasSameSizeAs(expected);
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(outputs.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(FixedPointRun.difference(outputs.get(i), expected.get(i)))
          .isLessThanOrEqualTo(LARGEST_ERROR);
    }
  }
}
