package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.FloatTensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small models against the text of the standard; ONNX Runtime differs from it in places. */
class StandardValuesTest {
  private static final double LARGEST_ERROR = 0x1p-8;

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.maskwire.compiler.StandardValues#all",
    "io.maskwire.compiler.TransposedValues#all"
  })
  void compile_operatorOfTheStandard_itsValuesInItsShape(StandardCase standard) {
    CompiledModel compiled =
        Compiler.compile(standard.build().model(), CompilerOptions.defaults().withInputBound(16));

    List<FloatTensor> outputs = FixedPointRun.run(compiled, List.of(standard.input()));

    assertThat(outputs).hasSize(1);
    assertThat(outputs.getFirst().shape()).isEqualTo(standard.expected().shape());
    assertThat(FixedPointRun.difference(outputs.getFirst(), standard.expected()))
        .as(() -> Arrays.toString(outputs.getFirst().values()))
        .isLessThanOrEqualTo(LARGEST_ERROR);
  }
}
