package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;

import java.util.List;
import java.util.stream.Stream;

/** Pools and reductions. */
final class PoolingModels {
  private PoolingModels() {}

  static Stream<ModelCase> all() {
    int[] image = {2, 3, 7, 8};
    return Stream.of(
        ModelCase.unary(
            "maxpool ceil",
            13,
            image,
            (m, x) ->
                m.node(
                    "MaxPool",
                    List.of(x),
                    list("kernel_shape", 3, 3),
                    list("strides", 2, 2),
                    attribute("ceil_mode", 1))),
        ModelCase.unary(
            "maxpool pads dilations",
            13,
            image,
            (m, x) ->
                m.node(
                    "MaxPool",
                    List.of(x),
                    list("kernel_shape", 2, 3),
                    list("pads", 1, 1, 0, 1),
                    list("dilations", 2, 1))),
        ModelCase.unary(
            "maxpool same",
            13,
            image,
            (m, x) ->
                m.node(
                    "MaxPool",
                    List.of(x),
                    list("kernel_shape", 3, 3),
                    list("strides", 2, 2),
                    attribute("auto_pad", "SAME_UPPER"))),
        ModelCase.unary(
            "conv relu maxpool",
            13,
            image,
            (m, x) ->
                m.node(
                    "MaxPool",
                    List.of(
                        m.node(
                            "Relu",
                            List.of(m.node("Conv", List.of(x, m.weights(0.3, 4, 3, 2, 3)))))),
                    list("kernel_shape", 2, 2),
                    list("strides", 2, 2))),
        ModelCase.unary(
            "conv relu maxpool dense",
            13,
            image,
            (m, x) ->
                m.node(
                    "Gemm",
                    List.of(
                        m.node(
                            "Flatten",
                            List.of(
                                m.node(
                                    "MaxPool",
                                    List.of(
                                        m.node(
                                            "Relu",
                                            List.of(
                                                m.node(
                                                    "Conv",
                                                    List.of(x, m.weights(0.3, 4, 3, 2, 3)))))),
                                    list("kernel_shape", 2, 2),
                                    list("strides", 1, 1)))),
                        m.weights(0.1, 100, 4)))),
        ModelCase.unary(
            "averagepool pads",
            13,
            image,
            (m, x) ->
                m.node(
                    "AveragePool",
                    List.of(x),
                    list("kernel_shape", 3, 3),
                    list("pads", 1, 1, 1, 1))),
        ModelCase.unary(
            "averagepool pads counted",
            13,
            image,
            (m, x) ->
                m.node(
                    "AveragePool",
                    List.of(x),
                    list("kernel_shape", 3, 3),
                    list("pads", 1, 1, 1, 1),
                    attribute("count_include_pad", 1))),
        ModelCase.unary(
            "averagepool ceil",
            13,
            image,
            (m, x) ->
                m.node(
                    "AveragePool",
                    List.of(x),
                    list("kernel_shape", 3, 2),
                    list("strides", 2, 3),
                    attribute("ceil_mode", 1))),
        ModelCase.unary(
            "averagepool many divisors",
            13,
            new int[] {1, 1, 9, 9},
            (m, x) ->
                m.node(
                    "AveragePool",
                    List.of(x),
                    list("kernel_shape", 7, 7),
                    list("pads", 3, 3, 3, 3))),
        ModelCase.unary(
            "conv averagepool conv",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(
                        m.node(
                            "AveragePool",
                            List.of(m.node("Conv", List.of(x, m.weights(0.3, 4, 3, 2, 3)))),
                            list("kernel_shape", 2, 3)),
                        m.weights(0.3, 2, 4, 2, 2)))),
        ModelCase.unary(
            "conv relu global average gemm",
            13,
            image,
            (m, x) ->
                m.node(
                    "Gemm",
                    List.of(
                        m.node(
                            "Flatten",
                            List.of(
                                m.node(
                                    "GlobalAveragePool",
                                    List.of(
                                        m.node(
                                            "Relu",
                                            List.of(
                                                m.node(
                                                    "Conv",
                                                    List.of(x, m.weights(0.3, 6, 3, 3, 3))))))))),
                        m.weights(0.5, 6, 5),
                        m.weights(0.5, 5)))),
        ModelCase.unary("global max", 13, image, (m, x) -> m.node("GlobalMaxPool", List.of(x))),
        ModelCase.unary(
            "reduce mean",
            13,
            image,
            (m, x) ->
                m.node("ReduceMean", List.of(x), list("axes", 1, -1), attribute("keepdims", 0))),
        ModelCase.unary(
            "reduce mean all",
            13,
            image,
            (m, x) -> m.node("ReduceMean", List.of(x), attribute("keepdims", 0))),
        ModelCase.unary(
            "reduce sum", 13, image, (m, x) -> m.node("ReduceSum", List.of(x, m.integers(2)))),
        ModelCase.unary(
            "reduce max", 13, image, (m, x) -> m.node("ReduceMax", List.of(x), list("axes", 1))),
        ModelCase.of(
            "argmax in the middle",
            13,
            m ->
                m.integerOutput(
                    m.node(
                        "ArgMax",
                        List.of(m.input("x", 2, 5, 7)),
                        attribute("axis", 1),
                        attribute("keepdims", 0)))),
        ModelCase.of(
            "argmax of 2",
            13,
            m ->
                m.integerOutput(
                    m.node("ArgMax", List.of(m.input("x", 4, 2)), attribute("axis", 1)))));
  }
}
