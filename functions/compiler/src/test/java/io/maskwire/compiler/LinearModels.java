package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;

import java.util.List;
import java.util.stream.Stream;

/** Convolutions, products of matrices and what is folded into them. */
final class LinearModels {
  private LinearModels() {}

  static Stream<ModelCase> all() {
    int[] image = {2, 4, 7, 6};
    return Stream.of(
        ModelCase.unary(
            "conv same upper",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(x, m.weights(0.3, 6, 4, 3, 3), m.weights(1, 6)),
                    attribute("auto_pad", "SAME_UPPER"),
                    list("strides", 2, 2))),
        ModelCase.unary(
            "conv same lower",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(x, m.weights(0.3, 6, 2, 2, 4)),
                    attribute("auto_pad", "SAME_LOWER"),
                    attribute("group", 2))),
        ModelCase.unary(
            "conv asymmetric pads",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(x, m.weights(0.3, 6, 4, 3, 3)),
                    list("pads", 0, 1, 2, 0),
                    list("dilations", 2, 1))),
        ModelCase.unary(
            "conv transpose groups",
            13,
            image,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.weights(0.3, 4, 3, 3, 2), m.weights(1, 6)),
                    attribute("group", 2),
                    list("strides", 2, 3),
                    list("pads", 1, 0, 1, 1),
                    list("output_padding", 1, 2))),
        ModelCase.unary(
            "conv transpose dilated",
            13,
            image,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.weights(0.3, 4, 3, 3, 3)),
                    list("dilations", 2, 2),
                    list("pads", 3, 3, 3, 3))),
        ModelCase.unary(
            "conv transpose shape",
            13,
            image,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.weights(0.3, 4, 3, 3, 3)),
                    list("strides", 2, 2),
                    list("output_shape", 14, 12))),
        ModelCase.unary(
            "conv batchnorm relu",
            13,
            image,
            (m, x) ->
                m.node(
                    "Relu",
                    List.of(
                        m.node(
                            "BatchNormalization",
                            List.of(
                                m.node(
                                    "Conv",
                                    List.of(x, m.weights(0.3, 6, 4, 3, 3), m.weights(1, 6))),
                                m.positive(6),
                                m.weights(1, 6),
                                m.weights(1, 6),
                                m.positive(6)))))),
        ModelCase.unary(
            "batchnorm alone",
            9,
            image,
            (m, x) ->
                m.node(
                    "BatchNormalization",
                    List.of(x, m.positive(4), m.weights(1, 4), m.weights(1, 4), m.positive(4)))),
        ModelCase.unary(
            "conv mul add per channel",
            13,
            image,
            (m, x) ->
                m.node(
                    "Add",
                    List.of(
                        m.weights(1, 6, 1, 1),
                        m.node(
                            "Mul",
                            List.of(
                                m.node("Conv", List.of(x, m.weights(0.3, 6, 4, 3, 3))),
                                m.weights(1, 6, 1, 1)))))),
        ModelCase.unary(
            "conv add elementwise",
            13,
            image,
            (m, x) ->
                m.node(
                    "Sub",
                    List.of(
                        m.weights(1, 6, 5, 4),
                        m.node("Conv", List.of(x, m.weights(0.3, 6, 4, 3, 3)))))),
        ModelCase.unary(
            "gemm flags",
            13,
            new int[] {5, 3},
            (m, x) ->
                m.node(
                    "Gemm",
                    List.of(x, m.weights(0.5, 4, 5), m.weights(1, 3, 1)),
                    attribute("transA", 1),
                    attribute("transB", 1),
                    attribute("alpha", 0.5f),
                    attribute("beta", 2f))),
        ModelCase.unary(
            "matmul right",
            13,
            new int[] {2, 3, 5},
            (m, x) -> m.node("MatMul", List.of(x, m.weights(0.5, 5, 4)))),
        ModelCase.unary(
            "matmul left",
            13,
            new int[] {2, 5, 3},
            (m, x) -> m.node("MatMul", List.of(m.weights(0.5, 4, 5), x))),
        ModelCase.unary(
            "matmul batched right",
            13,
            new int[] {2, 3, 5},
            (m, x) -> m.node("MatMul", List.of(x, m.weights(0.5, 2, 5, 4)))),
        ModelCase.unary(
            "matmul batched left",
            13,
            new int[] {2, 5, 3},
            (m, x) -> m.node("MatMul", List.of(m.weights(0.5, 2, 4, 5), x))),
        ModelCase.unary(
            "matmul vector",
            13,
            new int[] {5},
            (m, x) -> m.node("MatMul", List.of(x, m.weights(0.5, 5, 4)))),
        ModelCase.unary(
            "matmul by vector",
            13,
            new int[] {3, 5},
            (m, x) -> m.node("MatMul", List.of(x, m.weights(0.5, 5)))),
        ModelCase.of(
            "matmul of secrets",
            13,
            m -> m.output(m.node("MatMul", List.of(m.input("a", 2, 3, 4), m.input("b", 4, 5))))),
        ModelCase.unary(
            "normalise then conv",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(
                        m.node(
                            "Div",
                            List.of(
                                m.node("Sub", List.of(x, m.weights(1, 1, 4, 1, 1))),
                                m.positive(1, 4, 1, 1))),
                        m.weights(0.3, 2, 4, 3, 3)))),
        ModelCase.unary(
            "mlp",
            13,
            new int[] {1, 20},
            (m, x) -> {
              String h =
                  m.node(
                      "Relu",
                      List.of(
                          m.node(
                              "Add",
                              List.of(
                                  m.node("MatMul", List.of(x, m.weights(0.3, 20, 30))),
                                  m.weights(0.3, 30)))));
              return m.node(
                  "Softmax",
                  List.of(m.node("Gemm", List.of(h, m.weights(0.3, 30, 7), m.weights(0.3, 7)))));
            }));
  }
}
