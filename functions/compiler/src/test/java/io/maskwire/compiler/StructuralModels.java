package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;

import java.util.List;
import java.util.stream.Stream;

/** Operators that move elements. */
final class StructuralModels {
  private StructuralModels() {}

  static Stream<ModelCase> all() {
    int[] image = {1, 4, 4, 6};
    return Stream.of(
        ModelCase.unary(
            "slice with steps",
            13,
            image,
            (m, x) ->
                m.node(
                    "Slice",
                    List.of(
                        x,
                        m.integers(-1, 1),
                        m.integers(Long.MIN_VALUE, 100),
                        m.integers(3, 1),
                        m.integers(-2, 2)))),
        ModelCase.of(
            "split uneven",
            13,
            m ->
                m.node(
                        "Split",
                        3,
                        List.of(m.input("x", 2, 7), m.integers(1, 4, 2)),
                        attribute("axis", 1))
                    .forEach(m::output)),
        ModelCase.of(
            "split num_outputs",
            18,
            m ->
                m.node(
                        "Split",
                        3,
                        List.of(m.input("x", 2, 7)),
                        attribute("axis", 1),
                        attribute("num_outputs", 3))
                    .forEach(m::output)),
        ModelCase.unary(
            "pad edge relu",
            13,
            image,
            (m, x) ->
                m.node(
                    "Relu",
                    List.of(
                        m.node(
                            "Pad",
                            List.of(x, m.integers(0, 0, 1, 2, 0, 0, 2, 1)),
                            attribute("mode", "edge"))))),
        ModelCase.unary(
            "pad constant conv",
            13,
            image,
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(
                        m.node(
                            "Pad",
                            List.of(
                                x,
                                m.integers(0, 0, 1, 1, 0, 0, 1, 1),
                                m.floats(new int[0], -1.5f))),
                        m.weights(0.3, 2, 4, 3, 3)))),
        ModelCase.unary(
            "pad cuts",
            13,
            image,
            (m, x) -> m.node("Pad", List.of(x, m.integers(0, 0, -1, 1, 0, 0, 0, -2)))),
        ModelCase.unary(
            "depth to space dcr",
            13,
            image,
            (m, x) -> m.node("DepthToSpace", List.of(x), attribute("blocksize", 2))),
        ModelCase.unary(
            "depth to space crd",
            13,
            image,
            (m, x) ->
                m.node(
                    "DepthToSpace",
                    List.of(x),
                    attribute("blocksize", 2),
                    attribute("mode", "CRD"))),
        ModelCase.unary(
            "space to depth",
            13,
            image,
            (m, x) -> m.node("SpaceToDepth", List.of(x), attribute("blocksize", 2))),
        ModelCase.unary(
            "gather indices",
            13,
            image,
            (m, x) -> m.node("Gather", List.of(x, m.integers(2, -1, 0)), attribute("axis", 3))),
        ModelCase.unary(
            "expand conv",
            13,
            new int[] {1, 4, 1, 6},
            (m, x) ->
                m.node(
                    "Conv",
                    List.of(
                        m.node("Expand", List.of(x, m.integers(4, 5, 1))),
                        m.weights(0.3, 2, 4, 3, 3)))),
        ModelCase.unary(
            "concat of conv and input",
            13,
            image,
            (m, x) ->
                m.node(
                    "Concat",
                    List.of(m.node("Conv", List.of(x, m.weights(0.3, 2, 4, 1, 1))), x),
                    attribute("axis", 1))),
        ModelCase.unary(
            "dense block",
            13,
            image,
            (m, x) -> {
              String a =
                  m.node(
                      "Concat",
                      List.of(x, m.node("Conv", List.of(x, m.weights(0.3, 2, 4, 1, 1)))),
                      attribute("axis", 1));
              String b =
                  m.node(
                      "Relu",
                      List.of(
                          m.node(
                              "BatchNormalization",
                              List.of(
                                  a,
                                  m.positive(6),
                                  m.weights(1, 6),
                                  m.weights(1, 6),
                                  m.positive(6)))));
              return m.node(
                  "Concat",
                  List.of(a, m.node("Conv", List.of(b, m.weights(0.3, 2, 6, 1, 1)))),
                  attribute("axis", 1));
            }),
        ModelCase.unary(
            "shape arithmetic",
            13,
            image,
            (m, x) -> {
              String batch =
                  m.node(
                      "Gather",
                      List.of(m.node("Shape", List.of(x)), m.integers(0)),
                      attribute("axis", 0));
              String target =
                  m.node(
                      "Concat",
                      List.of(
                          batch,
                          m.node("Mul", List.of(m.integers(-2), m.integers(-3))),
                          m.integers(-1)),
                      attribute("axis", 0));
              return m.node(
                  "Transpose",
                  List.of(m.node("Reshape", List.of(x, target))),
                  list("perm", 2, 0, 1));
            }));
  }
}
