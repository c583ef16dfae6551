package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static io.maskwire.compiler.StandardCase.named;
import static io.maskwire.compiler.StandardCase.shape;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lengths and places of windows and transposed convolutions, by the standard's equations. */
final class TransposedValues {
  private TransposedValues() {}

  static Stream<StandardCase> all() {
    return Stream.concat(transposed(), pools());
  }

  private static StandardCase line(String name, int opset, AttributeProto... attributes) {
    return named(
            "transposed " + name,
            opset,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.floats(shape(1, 1, 3), 1, 2, 3)),
                    Stream.concat(Stream.of(list("strides", 2)), Arrays.stream(attributes))
                        .toArray(AttributeProto[]::new)))
        .on(shape(1, 1, 3), 1, 2, 3);
  }

  /** [1, 2, 3] spread by 2 and convolved: 1 2 5 4 9 6 9. */
  private static Stream<StandardCase> transposed() {
    AttributeProto eight = list("output_shape", 8);
    AttributeProto six = list("output_shape", 6);
    AttributeProto upper = attribute("auto_pad", "SAME_UPPER");
    AttributeProto lower = attribute("auto_pad", "SAME_LOWER");
    Stream<StandardCase> longer =
        Stream.of(
                line("larger", 11, eight),
                line("larger, upper", 11, eight, upper),
                line("larger, lower", 22, eight, lower),
                line("larger, with the whole shape", 11, list("output_shape", 1, 1, 8)))
            .map(each -> each.gives(shape(1, 1, 8), 1, 2, 5, 4, 9, 6, 9, 0));
    Stream<StandardCase> shorter =
        Stream.of(
            line("smaller", 11, six).gives(shape(1, 1, 6), 2, 5, 4, 9, 6, 9),
            line("smaller, lower", 11, six, lower).gives(shape(1, 1, 6), 2, 5, 4, 9, 6, 9),
            line("smaller, upper", 11, six, upper).gives(shape(1, 1, 6), 1, 2, 5, 4, 9, 6),
            line("same, upper", 11, upper).gives(shape(1, 1, 6), 1, 2, 5, 4, 9, 6),
            line("same, lower", 11, lower).gives(shape(1, 1, 6), 2, 5, 4, 9, 6, 9),
            line("much smaller", 11, list("output_shape", 4)).gives(shape(1, 1, 4), 5, 4, 9, 6),
            line("much larger", 11, list("output_shape", 10))
                .gives(shape(1, 1, 10), 1, 2, 5, 4, 9, 6, 9, 0, 0, 0),
            line("padded and larger", 11, list("output_padding", 1), list("output_shape", 9))
                .gives(shape(1, 1, 9), 1, 2, 5, 4, 9, 6, 9, 0, 0),
            line("dilated and larger", 11, list("dilations", 2), list("output_shape", 10))
                .gives(shape(1, 1, 10), 1, 0, 4, 0, 10, 0, 12, 0, 9, 0),
            line("valid ignores pads", 11, list("pads", 1, 1), attribute("auto_pad", "VALID"))
                .gives(shape(1, 1, 7), 1, 2, 5, 4, 9, 6, 9));
    return Stream.of(longer, shorter, Stream.of(image(), groups(), volume()))
        .flatMap(cases -> cases);
  }

  /** All ones: each output counts the products that meet there. */
  private static StandardCase image() {
    double[] along = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
    double[] across = {1, 1, 2, 1, 2, 1, 1, 0};
    double[] counts =
        IntStream.range(0, 80).mapToDouble(i -> along[i / 8] * across[i % 8]).toArray();
    double[] both = IntStream.range(0, 160).mapToDouble(i -> counts[i % 80]).toArray();
    return named(
            "transposed image, larger",
            11,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.floats(shape(1, 2, 3, 3), ones(18))),
                    list("strides", 3, 2),
                    list("output_shape", 10, 8)))
        .on(shape(1, 1, 3, 3), 1, 1, 1, 1, 1, 1, 1, 1, 1)
        .gives(shape(1, 2, 10, 8), both);
  }

  private static StandardCase groups() {
    return named(
            "transposed groups, larger",
            11,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.floats(shape(2, 1, 2), 1, 2, 3, 4)),
                    list("strides", 2),
                    attribute("group", 2),
                    list("output_shape", 5)))
        .on(shape(1, 2, 2), 1, 2, 1, 2)
        .gives(shape(1, 2, 5), 1, 2, 2, 4, 0, 3, 4, 6, 8, 0);
  }

  private static StandardCase volume() {
    return named(
            "transposed volume, larger",
            11,
            (m, x) ->
                m.node(
                    "ConvTranspose",
                    List.of(x, m.floats(shape(1, 1, 1, 1, 2), 1, 2)),
                    list("strides", 1, 1, 2),
                    list("output_shape", 2, 1, 5)))
        .on(shape(1, 1, 1, 1, 2), 1, 2)
        .gives(shape(1, 1, 2, 1, 5), 1, 2, 2, 4, 0, 0, 0, 0, 0, 0);
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static StandardCase pool(String operator, int opset, String mode) {
    return named(
            operator + " dilated, " + mode,
            opset,
            (m, x) ->
                m.node(
                    operator,
                    List.of(x),
                    list("kernel_shape", 2),
                    list("dilations", 2),
                    attribute("auto_pad", mode)))
        .on(shape(1, 1, 5), 1, 5, 2, 4, 3);
  }

  private static Stream<StandardCase> pools() {
    return Stream.of(
        pool("MaxPool", 10, "SAME_UPPER").gives(shape(1, 1, 5), 5, 2, 5, 3, 4),
        pool("MaxPool", 12, "SAME_LOWER").gives(shape(1, 1, 5), 5, 2, 5, 3, 4),
        pool("AveragePool", 19, "SAME_UPPER").gives(shape(1, 1, 5), 5, 1.5, 4.5, 2.5, 4),
        pool("MaxPool", 22, "VALID").gives(shape(1, 1, 3), 2, 5, 3),
        named(
                "convolution dilated, same",
                11,
                (m, x) ->
                    m.node(
                        "Conv",
                        List.of(x, m.floats(shape(1, 1, 2), 1, 10)),
                        list("dilations", 2),
                        attribute("auto_pad", "SAME_UPPER")))
            .on(shape(1, 1, 4), 1, 2, 3, 4)
            .gives(shape(1, 1, 4), 20, 31, 42, 3),
        named(
                "MaxPool from its end, stride 2",
                12,
                (m, x) ->
                    m.node(
                        "MaxPool",
                        List.of(x),
                        list("kernel_shape", 2),
                        list("strides", 2),
                        attribute("auto_pad", "SAME_LOWER")))
            .on(shape(1, 1, 5), 1, 5, 2, 4, 3)
            .gives(shape(1, 1, 3), 1, 5, 4));
  }
}
