package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.maskwire.compiler.importer.GraphImporter;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.compiler.onnx.Stripper;
import io.maskwire.compiler.onnx.TensorReader;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StripperTest {

  private static byte[] stripped(OnnxModel model) {
    return Stripper.strip(model, GraphImporter.run(model, Program.Reveal.USER).constants());
  }

  @Test
  void strip_weightsFedAsInputs_sameResult() {
    ModelBuilder builder = new ModelBuilder(13, new Random(11));
    String x = builder.input("x", 1, 6);
    String hidden =
        builder.node(
            "Relu",
            List.of(
                builder.node("Gemm", List.of(x, builder.weights(1, 6, 8), builder.weights(1, 8)))));
    String shaped = builder.node("Reshape", List.of(hidden, builder.integers(2, -1)));
    builder.output(builder.node("MatMul", List.of(shaped, builder.weights(1, 4, 3))));
    OnnxModel model = builder.model();
    Map<String, FloatTensor> inputs = builder.randomInputs();
    Map<String, FloatTensor> fed = new HashMap<>(inputs);
    for (TensorProto tensor : model.proto().getGraph().getInitializerList()) {
      if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        fed.put(tensor.getName(), new TensorReader(model).read(tensor).toFloats());
      }
    }
    byte[] stripped = stripped(model);
    FloatTensor expected = OnnxRuntime.run(builder.bytes(), inputs).getFirst();
    assertThat(FixedPointRun.difference(OnnxRuntime.run(stripped, fed).getFirst(), expected))
        .isLessThan(1e-5);
    assertThat(stripped.length).isLessThan(builder.bytes().length);
  }

  @Test
  void strip_lenet_sameResultInOnnxRuntime() throws IOException {
    Path file = TestData.path("lenet-mnist/lenet.onnx");
    OnnxModel model = TestData.model(file);
    FloatTensor image =
        FloatTensor.takeOwnershipOf(
            io.maskwire.crypto.ring.Shape.of(1, 1, 28, 28), new float[28 * 28]);
    Map<String, FloatTensor> fed = new HashMap<>(Map.of("input", image));
    for (TensorProto tensor : model.proto().getGraph().getInitializerList()) {
      fed.put(tensor.getName(), new TensorReader(model).read(tensor).toFloats());
    }
    FloatTensor expected =
        OnnxRuntime.run(Files.readAllBytes(file), Map.of("input", image)).getFirst();
    FloatTensor result = OnnxRuntime.run(stripped(model), fed).getFirst();
    assertThat(FixedPointRun.difference(result, expected)).isLessThan(1e-5);
  }

  /** ONNX Runtime does not load all models of operator sets before 7. */
  @TestFactory
  Stream<DynamicTest> strip_modelFromElsewhere_loadsInOnnxRuntime() {
    Stream<Path> cases =
        Stream.of("pytorch-converted", "pytorch-operator", "simple")
            .flatMap(suite -> TestData.folders("onnx-backend/" + suite).stream())
            .map(folder -> folder.resolve("model.onnx"));
    Stream<Path> models =
        Stream.of("hinet-cifar10/cnn3_cifar.onnx", "onnx-light/light_resnet50.onnx")
            .map(TestData::path);
    return Stream.concat(cases, models)
        .filter(StripperTest::loads)
        .filter(StripperTest::isSupported)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.subpath(file.getNameCount() - 2, file.getNameCount())),
                    () -> loadsStripped(file)));
  }

  private static boolean loads(Path file) {
    try {
      OnnxRuntime.load(Files.readAllBytes(file));
      return true;
    } catch (IllegalStateException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSupported(Path file) {
    return Compiler.inspect(TestData.model(file), Program.Reveal.USER).unsupported().isEmpty();
  }

  private static void loadsStripped(Path file) throws IOException {
    OnnxModel model = TestData.model(file);
    byte[] stripped = stripped(model);

    OnnxRuntime.load(stripped);

    assertThat(
            ModelProto.parseFrom(stripped).getGraph().getInitializerList().stream()
                .map(TensorProto::getDataType))
        .doesNotContain(
            TensorProto.DataType.FLOAT_VALUE,
            TensorProto.DataType.DOUBLE_VALUE,
            TensorProto.DataType.FLOAT16_VALUE);
  }

  @Test
  void strip_everythingThatCouldLeak_isGone() throws IOException {
    ModelBuilder builder = new ModelBuilder(13, new Random(11));
    float marker = 1234.5679f;
    String x = builder.input("x", 2);
    String sum = builder.node("Add", List.of(x, builder.floats(new int[] {2}, marker, marker)));
    String leaky = builder.node("LeakyRelu", List.of(sum), attribute("alpha", 0.1f));
    String constant = builder.node("Constant", List.of(), attribute("value_float", marker));
    TensorProto value =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(1)
            .addFloatData(marker)
            .build();
    String tensor =
        builder.node(
            "Constant",
            List.of(),
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build());
    builder.output(
        builder.node("Mul", List.of(builder.node("Mul", List.of(leaky, constant)), tensor)));
    ModelProto.Builder proto = builder.proto().toBuilder();
    proto.setDocString("the secret of the owner");
    proto.addMetadataProps(
        StringStringEntryProto.newBuilder().setKey("k").setValue("the secret of the owner"));
    proto.getGraphBuilder().setDocString("the secret of the owner");
    for (NodeProto.Builder node : proto.getGraphBuilder().getNodeBuilderList()) {
      node.setDocString("the secret of the owner");
    }
    proto.setUnknownFields(
        com.google.protobuf.UnknownFieldSet.newBuilder()
            .addField(
                9999,
                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("the secret of the owner"))
                    .build())
            .build());
    byte[] stripped = stripped(OnnxModel.parse("m", proto.build().toByteArray()));
    String text = new String(stripped, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("secret of the owner");
    byte[] bits =
        java.nio.ByteBuffer.allocate(4)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putFloat(marker)
            .array();
    assertThat(text).doesNotContain(new String(bits, StandardCharsets.ISO_8859_1));
    ModelProto result = ModelProto.parseFrom(stripped);
    assertThat(result.getGraph().getInputCount()).isEqualTo(4);
    assertThat(result.getGraph().getInitializerCount()).isZero();
  }
}
