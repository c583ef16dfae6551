package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static io.maskwire.compiler.StandardCase.named;
import static io.maskwire.compiler.StandardCase.shape;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import java.util.stream.Stream;

/** Values that follow from the text of the standard, where implementations differ or did. */
final class StandardValues {
  private static final int[] SCALAR = {};

  private StandardValues() {}

  static Stream<StandardCase> all() {
    return Stream.of(clips(), reductions(), masks(), sigmoids(), lastOperators(), scalars(), rest())
        .flatMap(cases -> cases);
  }

  private static StandardCase clip(String name, int opset, float low, float high) {
    return named(
        name,
        opset,
        (m, x) ->
            opset < 11
                ? m.node("Clip", List.of(x), attribute("min", low), attribute("max", high))
                : m.node("Clip", List.of(x, m.floats(SCALAR, low), m.floats(SCALAR, high))));
  }

  private static Stream<StandardCase> clips() {
    float infinity = Float.POSITIVE_INFINITY;
    return Stream.of(6, 11, 12, 13)
        .flatMap(
            opset ->
                Stream.of(
                    clip("clip min > max", opset, 3, 1)
                        .on(shape(1, 4), -2, 0, 2, 4)
                        .gives(shape(1, 4), 1, 1, 1, 1),
                    clip("clip min > max, both negative", opset, -1, -3)
                        .on(shape(1, 3), -4, -2, 0)
                        .gives(shape(1, 3), -3, -3, -3),
                    clip("clip min = max", opset, 2, 2)
                        .on(shape(1, 3), -4, 2, 5)
                        .gives(shape(1, 3), 2, 2, 2),
                    clip("clip min infinite", opset, infinity, 1)
                        .on(shape(1, 2), -4, 5)
                        .gives(shape(1, 2), 1, 1),
                    clip("clip unbounded below", opset, -infinity, 1)
                        .on(shape(1, 2), -4, 5)
                        .gives(shape(1, 2), -4, 1),
                    clip("clip unbounded", opset, -infinity, infinity)
                        .on(shape(1, 2), -4, 5)
                        .gives(shape(1, 2), -4, 5)));
  }

  private static Stream<StandardCase> reductions() {
    return Stream.of("ReduceSum", "ReduceMean", "ReduceMax").flatMap(StandardValues::reductions);
  }

  private static Stream<StandardCase> reductions(String operator) {
    AttributeProto none = attribute("noop_with_empty_axes", 1);
    double all = operator.equals("ReduceSum") ? 10 : operator.equals("ReduceMean") ? 2.5 : 4;
    Stream<StandardCase> identities =
        Stream.of(
                named(operator + " noop", 18, (m, x) -> m.node(operator, List.of(x), none)),
                named(
                    operator + " noop, unnamed",
                    18,
                    (m, x) -> m.node(operator, List.of(x, ""), none)),
                named(
                    operator + " noop, no axes",
                    20,
                    (m, x) -> m.node(operator, List.of(x, m.integers()), none)),
                named(
                    operator + " noop, keepdims 0",
                    18,
                    (m, x) -> m.node(operator, List.of(x), none, attribute("keepdims", 0))))
            .map(each -> each.gives(shape(2, 2), 1, 4, 3, 2));
    Stream<StandardCase> whole =
        Stream.of(
                named(
                    operator + " no axes",
                    18,
                    (m, x) -> m.node(operator, List.of(x, m.integers()))),
                named(operator + " unnamed", 18, (m, x) -> m.node(operator, List.of(x, ""))),
                named(
                    operator + " empty attribute",
                    12,
                    (m, x) -> m.node(operator, List.of(x), list("axes"))),
                named(operator + " absent", 11, (m, x) -> m.node(operator, List.of(x))))
            .map(each -> each.gives(shape(1, 1), all));
    return Stream.concat(identities, whole).map(each -> each.on(shape(2, 2), 1, 4, 3, 2));
  }

  private static Stream<StandardCase> masks() {
    return Stream.of(12, 13, 22)
        .map(
            opset ->
                named(
                        "dropout's mask is all true",
                        opset,
                        (m, x) -> {
                          List<String> both = m.node("Dropout", 2, List.of(x));
                          String mask = m.node("Cast", List.of(both.get(1)), attribute("to", 1));
                          return m.node("Mul", List.of(both.get(0), mask));
                        })
                    .on(shape(1, 3), 1, -2, 3)
                    .gives(shape(1, 3), 1, -2, 3));
  }

  private static StandardCase sigmoid(String name, float alpha, float beta) {
    return named(
            "hard sigmoid " + name,
            13,
            (m, x) ->
                m.node(
                    "HardSigmoid", List.of(x), attribute("alpha", alpha), attribute("beta", beta)))
        .on(shape(5), -3, -1, 0, 1, 2);
  }

  private static Stream<StandardCase> sigmoids() {
    return Stream.of(
        sigmoid("falling", -0.2f, 0.3f).gives(shape(5), 0.9, 0.5, 0.3, 0.1, 0),
        sigmoid("falling steeply", -2, 1).gives(shape(5), 1, 1, 1, 0, 0),
        sigmoid("rising", 0.5f, 0.25f).gives(shape(5), 0, 0, 0.25, 0.75, 1),
        sigmoid("constant", 0, 0.3f).gives(shape(5), 0.3, 0.3, 0.3, 0.3, 0.3),
        sigmoid("constant above 1", 0, 3).gives(shape(5), 1, 1, 1, 1, 1),
        sigmoid("constant below 0", 0, -3).gives(shape(5), 0, 0, 0, 0, 0),
        sigmoid("almost constant", 0.001f, 0.5f).gives(shape(5), 0.497, 0.499, 0.5, 0.501, 0.502),
        named(
                "leaky relu, falling below",
                13,
                (m, x) -> m.node("LeakyRelu", List.of(x), attribute("alpha", -2f)))
            .on(shape(3), -1, 0, 1)
            .gives(shape(3), 2, 0, 1));
  }

  private static Stream<StandardCase> lastOperators() {
    double third = 1.0 / 3;
    double e = Math.E / (1 + Math.E);
    return Stream.of(
        named("old softmax flattens", 11, (m, x) -> m.node("Softmax", List.of(x)))
            .on(shape(1, 3, 2), 2, 2, 2, 2, 2, 2)
            .gives(
                shape(1, 3, 2), third / 2, third / 2, third / 2, third / 2, third / 2, third / 2),
        named(
                "old softmax from axis 0",
                7,
                (m, x) -> m.node("Softmax", List.of(x), attribute("axis", 0)))
            .on(shape(2, 2), 0, 0, 0, 0)
            .gives(shape(2, 2), 0.25, 0.25, 0.25, 0.25),
        named(
                "old softmax from axis -1",
                12,
                (m, x) -> m.node("Softmax", List.of(x), attribute("axis", -1)))
            .on(shape(2, 1, 2), 0, 1, 1, 0)
            .gives(shape(2, 1, 2), 1 - e, e, e, 1 - e),
        named("old logarithm of softmax", 12, (m, x) -> m.node("LogSoftmax", List.of(x)))
            .on(shape(1, 2, 2), 1, 1, 1, 1)
            .gives(shape(1, 2, 2), -Math.log(4), -Math.log(4), -Math.log(4), -Math.log(4)),
        named(
                "softmax along one axis",
                13,
                (m, x) -> m.node("Softmax", List.of(x), attribute("axis", 1)))
            .on(shape(1, 2, 2), 0, 1, 1, 0)
            .gives(shape(1, 2, 2), 1 - e, e, e, 1 - e),
        argMax(1, 1).gives(shape(2, 1, 2), 1, 0, 0, 1),
        argMax(1, 0).gives(shape(2, 2), 1, 0, 0, 1),
        argMax(0, 0).gives(shape(2, 2), 1, 0, 0, 1),
        argMax(-1, 1).gives(shape(2, 2, 1), 1, 0, 0, 1),
        argMax(2, 0).gives(shape(2, 2), 1, 0, 0, 1));
  }

  private static StandardCase argMax(int axis, int keep) {
    return named(
            "argmax of axis %d, keepdims %d".formatted(axis, keep),
            13,
            (m, x) ->
                m.node("ArgMax", List.of(x), attribute("axis", axis), attribute("keepdims", keep)))
        .on(shape(2, 2, 2), 1, 6, 2, 0, 5, 2, 2, 9);
  }

  private static Stream<StandardCase> scalars() {
    return Stream.of(
        named("scalar + constant", 17, (m, x) -> m.node("Add", List.of(x, m.floats(SCALAR, 2))))
            .on(SCALAR, 1)
            .gives(SCALAR, 3),
        named("relu of a scalar", 17, (m, x) -> m.node("Relu", List.of(x)))
            .on(SCALAR, -1)
            .gives(SCALAR, 0),
        named("sigmoid of a scalar", 17, (m, x) -> m.node("Sigmoid", List.of(x)))
            .on(SCALAR, 0)
            .gives(SCALAR, 0.5),
        named(
                "mean of all",
                17,
                (m, x) -> m.node("ReduceMean", List.of(x), attribute("keepdims", 0)))
            .on(shape(1, 3), 1, 2, 6)
            .gives(SCALAR, 3),
        named("sum of a scalar", 17, (m, x) -> m.node("ReduceSum", List.of(x)))
            .on(SCALAR, 4)
            .gives(SCALAR, 4),
        named(
                "the largest, its axis dropped",
                13,
                (m, x) -> m.node("ArgMax", List.of(x), attribute("keepdims", 0)))
            .on(shape(3), 1, 7, 6)
            .gives(SCALAR, 1),
        named(
                "one element by a scalar index",
                13,
                (m, x) -> {
                  String index = m.node("Squeeze", List.of(m.integers(-1)));
                  return m.node("Gather", List.of(x, index));
                })
            .on(shape(3), 1, 7, 6)
            .gives(SCALAR, 6),
        named("a scalar made long", 13, (m, x) -> m.node("Unsqueeze", List.of(x, m.integers(0))))
            .on(SCALAR, 4)
            .gives(shape(1), 4),
        named(
                "square by an exponent of more axes",
                13,
                (m, x) -> m.node("Pow", List.of(x, m.floats(new int[] {1, 1, 1}, 2))))
            .on(shape(2), 3, -2)
            .gives(shape(1, 1, 2), 9, 4));
  }

  private static Stream<StandardCase> rest() {
    return Stream.of(
        named(
                "split, the last chunk smaller",
                18,
                (m, x) ->
                    m.node(
                        "Concat",
                        m.node("Split", 3, List.of(x), attribute("num_outputs", 3)).reversed(),
                        attribute("axis", 0)))
            .on(shape(7), 1, 2, 3, 4, 5, 6, 7)
            .gives(shape(7), 7, 4, 5, 6, 1, 2, 3),
        named(
                "old normalisation of each element",
                7,
                (m, x) ->
                    m.node(
                        "BatchNormalization",
                        List.of(
                            x,
                            m.floats(shape(2, 2), 1, 2, 1, 1),
                            m.floats(shape(2, 2), 0, 1, 0, 0),
                            m.floats(shape(2, 2), 1, 0, 0, 0),
                            m.floats(shape(2, 2), 1, 4, 1, 1)),
                        attribute("spatial", 0),
                        attribute("epsilon", 0f)))
            .on(shape(1, 2, 2), 3, 6, 1, 0)
            .gives(shape(1, 2, 2), 2, 7, 1, 0),
        named(
                "normalisation of old, for inference",
                6,
                (m, x) ->
                    m.node(
                        "BatchNormalization",
                        List.of(
                            x,
                            m.floats(shape(1), 2),
                            m.floats(shape(1), 1),
                            m.floats(shape(1), 3),
                            m.floats(shape(1), 4)),
                        attribute("is_test", 1),
                        attribute("epsilon", 0f)))
            .on(shape(1, 1, 2), 3, 5)
            .gives(shape(1, 1, 2), 1, 3),
        named(
                "dropout of old, for inference",
                6,
                (m, x) -> m.node("Dropout", List.of(x), attribute("is_test", 1)))
            .on(shape(2), 3, 5)
            .gives(shape(2), 3, 5),
        named(
                "a cast of old, to a type by its name",
                5,
                (m, x) -> m.node("Cast", List.of(x), attribute("to", "FLOAT")))
            .on(shape(2), 3, 5)
            .gives(shape(2), 3, 5),
        named(
                "a cast to truth",
                13,
                (m, x) -> {
                  String truth =
                      m.node("Cast", List.of(m.floats(shape(3), 0.5f, 0, -3)), attribute("to", 9));
                  return m.node(
                      "Mul", List.of(x, m.node("Cast", List.of(truth), attribute("to", 1))));
                })
            .on(shape(3), 3, 5, 7)
            .gives(shape(3), 3, 0, 7));
  }
}
