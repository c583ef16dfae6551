package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;

import java.util.List;
import java.util.stream.Stream;

/** Activations and arithmetic. */
final class ElementwiseModels {
  private ElementwiseModels() {}

  static Stream<ModelCase> all() {
    int[] image = {2, 3, 4, 5};
    return Stream.of(
        ModelCase.unary(
            "leaky relu after conv",
            13,
            image,
            (m, x) ->
                m.node(
                    "LeakyRelu",
                    List.of(m.node("Conv", List.of(x, m.weights(0.3, 4, 3, 3, 3)))),
                    attribute("alpha", 0.2f))),
        ModelCase.unary(
            "prelu per channel after conv",
            13,
            image,
            (m, x) ->
                m.node(
                    "PRelu",
                    List.of(
                        m.node("Conv", List.of(x, m.weights(0.3, 4, 3, 3, 3))),
                        m.weights(0.5, 4, 1, 1)))),
        ModelCase.unary(
            "prelu in the middle",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(
                        m.node("PRelu", List.of(x, m.weights(0.5, 1))),
                        m.weights(0.3, 4, 3, 3, 3)))),
        ModelCase.unary(
            "clip 11",
            13,
            image,
            (m, x) ->
                m.node(
                    "Clip",
                    List.of(
                        m.node("Conv", List.of(x, m.weights(0.3, 4, 3, 3, 3))),
                        m.floats(new int[0], -0.3f),
                        m.floats(new int[0], 1.1f)))),
        ModelCase.unary(
            "clip max only",
            13,
            image,
            (m, x) -> m.node("Clip", List.of(x, "", m.floats(new int[0], 0.7f)))),
        ModelCase.unary(
            "relu6",
            10,
            image,
            (m, x) -> m.node("Clip", List.of(x), attribute("min", 0f), attribute("max", 6f))),
        ModelCase.unary(
            "clip beyond range",
            13,
            image,
            (m, x) ->
                m.node(
                    "Clip", List.of(x, m.floats(new int[0], -300f), m.floats(new int[0], 900f)))),
        ModelCase.unary("abs", 13, image, (m, x) -> m.node("Abs", List.of(x))),
        ModelCase.unary(
            "hard sigmoid",
            13,
            image,
            (m, x) ->
                m.node(
                    "HardSigmoid", List.of(x), attribute("alpha", 0.2f), attribute("beta", 0.5f))),
        ModelCase.unary("hard swish", 14, image, (m, x) -> m.node("HardSwish", List.of(x))),
        ModelCase.unary("square", 13, image, (m, x) -> m.node("Mul", List.of(x, x))),
        ModelCase.unary("neg", 13, image, (m, x) -> m.node("Neg", List.of(x))),
        ModelCase.unary(
            "mul scalar",
            13,
            image,
            (m, x) -> m.node("Mul", List.of(m.floats(new int[0], 0.37f), x))),
        ModelCase.unary(
            "mul elementwise",
            13,
            image,
            (m, x) -> m.node("Mul", List.of(x, m.weights(1, 3, 1, 5)))),
        ModelCase.unary(
            "constant broadcasts input",
            13,
            new int[] {3, 1},
            (m, x) -> m.node("Mul", List.of(x, m.weights(1, 2, 1, 5)))),
        ModelCase.unary(
            "add constant alone",
            13,
            image,
            (m, x) -> m.node("Add", List.of(x, m.weights(1, 3, 1, 1)))),
        ModelCase.unary(
            "pow 2", 13, image, (m, x) -> m.node("Pow", List.of(x, m.floats(new int[0], 2f)))),
        ModelCase.of(
            "mean of three",
            13,
            m ->
                m.output(
                    m.node(
                        "Mean", List.of(m.input("a", 2, 3), m.input("b", 3), m.input("c", 2, 1))))),
        ModelCase.of(
            "max of three",
            13,
            m ->
                m.output(
                    m.node(
                        "Max", List.of(m.input("a", 2, 3), m.input("b", 3), m.input("c", 2, 1))))),
        ModelCase.of(
            "min with constant",
            13,
            m -> m.output(m.node("Min", List.of(m.input("a", 2, 3), m.weights(1, 3))))),
        ModelCase.of(
            "secret product broadcast",
            13,
            m -> m.output(m.node("Mul", List.of(m.input("a", 2, 3, 4), m.input("b", 3, 1))))),
        ModelCase.unary(
            "residual",
            13,
            image,
            (m, x) -> {
              String first =
                  m.node(
                      "Relu",
                      List.of(
                          m.node(
                              "Conv",
                              List.of(x, m.weights(0.2, 4, 3, 3, 3)),
                              list("pads", 1, 1, 1, 1))));
              String second =
                  m.node(
                      "Conv", List.of(first, m.weights(0.2, 4, 4, 3, 3)), list("pads", 1, 1, 1, 1));
              return m.node("Relu", List.of(m.node("Add", List.of(second, first))));
            }),
        ModelCase.unary(
            "squeeze and excite",
            14,
            image,
            (m, x) -> {
              String h =
                  m.node("Relu", List.of(m.node("Conv", List.of(x, m.weights(0.3, 4, 3, 3, 3)))));
              String gate =
                  m.node(
                      "HardSigmoid",
                      List.of(
                          m.node(
                              "Conv",
                              List.of(
                                  m.node("GlobalAveragePool", List.of(h)),
                                  m.weights(0.5, 4, 4, 1, 1)))));
              return m.node("Mul", List.of(h, gate));
            }),
        ModelCase.of(
            "two outputs, one twice",
            13,
            m -> {
              String h = m.node("Relu", List.of(m.input("x", 3, 4)));
              m.output(h);
              m.output(m.node("Identity", List.of(h)));
              m.output("x");
            }));
  }
}
