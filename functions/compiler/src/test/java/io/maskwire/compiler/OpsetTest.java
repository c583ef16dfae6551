package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.compiler.onnx.TensorReader;
import io.maskwire.crypto.ring.FloatTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One network in every version of the operator set, written as that version wants it. */
class OpsetTest {
  private static final double LARGEST_ERROR = 0x1p-8;

  /** Version from which an operator takes as an input what was an attribute before. */
  private static final Map<String, Integer> TAKES_INPUTS =
      Map.of(
          "Clip",
          11,
          "Pad",
          11,
          "Slice",
          10,
          "Split",
          13,
          "Squeeze",
          13,
          "Unsqueeze",
          13,
          "ReduceMean",
          18);

  /** From the first that the compiler promises to the last that ONNX Runtime knows. */
  static IntStream opsets() {
    return IntStream.rangeClosed(7, 26);
  }

  @ParameterizedTest
  @MethodSource("opsets")
  void compile_everyOpset_matchesOnnxRuntime(int opset) {
    ModelBuilder builder = network(opset);
    Map<String, FloatTensor> inputs = builder.randomInputs();
    CompiledModel compiled = Compiler.compile(builder.model(), CompilerOptions.defaults());

    FloatTensor expected = OnnxRuntime.run(builder.bytes(), inputs).getFirst();
    FloatTensor result = FixedPointRun.run(compiled, List.copyOf(inputs.values())).getFirst();

    assertThat(result.shape()).isEqualTo(expected.shape());
    assertThat(FixedPointRun.difference(result, expected)).isLessThanOrEqualTo(LARGEST_ERROR);
  }

  @ParameterizedTest
  @MethodSource("opsets")
  void strip_everyOpset_runsInOnnxRuntimeWithItsParametersAsInputs(int opset) {
    ModelBuilder builder = network(opset);
    OnnxModel model = builder.model();
    Map<String, FloatTensor> inputs = builder.randomInputs();
    Map<String, FloatTensor> fed = new HashMap<>(inputs);
    for (TensorProto tensor : model.proto().getGraph().getInitializerList()) {
      if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        fed.put(tensor.getName(), new TensorReader(model).read(tensor).toFloats());
      }
    }

    FloatTensor expected = OnnxRuntime.run(builder.bytes(), inputs).getFirst();
    byte[] stripped = Compiler.compile(model, CompilerOptions.defaults()).strippedOnnx();
    FloatTensor result = OnnxRuntime.run(stripped, fed).getFirst();

    assertThat(fed).hasSizeGreaterThan(8);
    assertThat(FixedPointRun.difference(result, expected)).isLessThan(1e-5);
  }

  private static ModelBuilder network(int opset) {
    ModelBuilder m = new ModelBuilder(opset, new Random(opset));
    String x = m.input("x", 1, 3, 8, 8);
    String conv = m.weights(0.2, 4, 3, 3, 3);
    x = m.node("Conv", List.of(x, conv, m.weights(0.1, 4)), list("pads", 1, 1, 1, 1));
    x =
        m.node(
            "BatchNormalization",
            List.of(x, m.positive(4), m.weights(1, 4), m.weights(1, 4), m.positive(4)));
    x = m.node("Relu", List.of(x));
    x = m.node("MaxPool", List.of(x), list("kernel_shape", 2, 2), list("strides", 2, 2));
    x = m.node("Dropout", List.of(x));
    x =
        takesInputs("Clip", opset)
            ? m.node("Clip", List.of(x, m.floats(new int[0], 0.1f), m.floats(new int[0], 2.5f)))
            : m.node("Clip", List.of(x), attribute("min", 0.1f), attribute("max", 2.5f));
    x = structural(m, opset, "Pad", x, "pads", 0, 0, 1, 0, 0, 0, 0, 1);
    x =
        takesInputs("Slice", opset)
            ? m.node("Slice", List.of(x, m.integers(1), m.integers(5), m.integers(2)))
            : m.node("Slice", List.of(x), list("starts", 1), list("ends", 5), list("axes", 2));
    x = halves(m, opset, x).getLast();
    x = structural(m, opset, "ReduceMean", x, "axes", 3);
    x = structural(m, opset, "Squeeze", x, "axes", 3);
    x = structural(m, opset, "Unsqueeze", x, "axes", 0);
    x = m.node("Flatten", List.of(x), attribute("axis", 2));
    x = m.node("Gemm", List.of(x, m.weights(0.3, 8, 5), m.weights(0.1, 5)));
    m.output(m.node("Softmax", List.of(x), attribute("axis", 1)));
    return m;
  }

  private static boolean takesInputs(String operator, int opset) {
    return opset >= TAKES_INPUTS.getOrDefault(operator, Integer.MAX_VALUE);
  }

  private static String structural(
      ModelBuilder m, int opset, String operator, String x, String name, long... values) {
    return takesInputs(operator, opset)
        ? m.node(operator, List.of(x, m.integers(values)))
        : m.node(operator, List.of(x), list(name, values));
  }

  private static List<String> halves(ModelBuilder m, int opset, String x) {
    return takesInputs("Split", opset)
        ? m.node("Split", 2, List.of(x, m.integers(2, 2)), attribute("axis", 1))
        : m.node("Split", 2, List.of(x), list("split", 2, 2), attribute("axis", 1));
  }
}
