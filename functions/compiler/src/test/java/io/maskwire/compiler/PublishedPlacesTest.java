package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A mark in every place of a file is found nowhere in what is published, or the file is refused.
 * What flows through a network is in {@link PublishedParametersTest}.
 */
class PublishedPlacesTest {
  /** The architecture: names, version of the operators, shape of the input, slopes. */
  private static final Set<String> PUBLIC =
      Set.of(
          "onnx.NodeProto.name",
          "onnx.NodeProto.output",
          "onnx.OperatorSetIdProto.version",
          "onnx.TensorShapeProto.Dimension.dim_value",
          "onnx.AttributeProto.f");

  private static ModelProto network() {
    ModelBuilder m = new ModelBuilder(13, new Random(5));
    String x = m.input("x", 1, 2, 6, 6);
    x =
        m.node(
            "Conv",
            List.of(x, m.weights(0.3, 4, 2, 3, 3), m.weights(0.1, 4)),
            list("pads", 1, 1, 1, 1),
            attribute("auto_pad", "NOTSET"));
    x = m.node("LeakyRelu", List.of(x), attribute("alpha", 0.25f));
    x = m.node("MaxPool", List.of(x), list("kernel_shape", 2, 2), list("strides", 2, 2));
    x = m.node("Reshape", List.of(x, m.integers(1, -1)));
    TensorProto value =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(1)
            .build();
    String axes = m.node("Constant", List.of(), PublishedParametersTest.tensor("value", value));
    x = m.node("Squeeze", List.of(m.node("Unsqueeze", List.of(x, axes)), axes));
    m.output(m.node("Gemm", List.of(x, m.weights(0.3, 36, 3)), attribute("transB", 0)));
    ModelProto.Builder model = m.proto().toBuilder().setProducerName("tests");
    model.getGraphBuilder().addValueInfo(ModelBuilder.info(axes, TensorProto.DataType.INT64, 1));
    return model.build();
  }

  @Test
  void publicFiles_markInAnyPlaceOfTheFormat_isNotThere() {
    List<String> leaks = new ArrayList<>();
    int compiled = 0;
    List<MarkedPlaces.Place> places = MarkedPlaces.of(network());
    for (MarkedPlaces.Place place : places) {
      if (!PUBLIC.contains(place.field())) {
        try {
          OnnxModel model = OnnxModel.parse("network", place.model().toByteArray());
          Set<String> found = Marks.in(Compiler.compile(model, CompilerOptions.defaults()));
          found.forEach(mark -> leaks.add(place + " in " + mark));
          compiled++;
        } catch (CorruptModelException | UnsupportedModelException | IllegalArgumentException _) {
          // nothing is published
        }
      }
    }

    assertThat(leaks).isEmpty();
    assertThat(compiled).isGreaterThan(300);
  }
}
