package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files give one of the compiler's own exceptions, never another. */
class CorruptModelTest {

  private static ModelBuilder convolution() {
    ModelBuilder model = new ModelBuilder(13, new Random(3));
    String hidden =
        model.node(
            "Relu",
            List.of(
                model.node(
                    "Conv",
                    List.of(model.input("x", 1, 2, 6, 6), model.weights(0.3, 3, 2, 3, 3)),
                    list("strides", 2, 2))));
    String pooled = model.node("MaxPool", List.of(hidden), list("kernel_shape", 2, 2));
    String flat = model.node("Reshape", List.of(pooled, model.integers(1, -1)));
    model.output(model.node("Softmax", List.of(flat)));
    return model;
  }

  private static void compileOrRefuse(String what, byte[] bytes) {
    try {
      Compiler.compile(OnnxModel.parse("damaged", bytes), CompilerOptions.defaults());
    } catch (CorruptModelException | UnsupportedModelException e) {
      assertThat(e).hasMessageMatching("(?s).{10,}");
    } catch (RuntimeException e) {
      fail(what, e);
    }
  }

  @Test
  void parse_emptyFile_saysSo() {
    assertThatThrownBy(() -> OnnxModel.parse("model", new byte[0]))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void parse_notOnnx_saysSo() {
    byte[] text = "PK this is no model at all".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> OnnxModel.parse("model", text))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("no ONNX");
  }

  @Test
  void compile_cutAtEveryOffset_refused() {
    byte[] bytes = convolution().bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(
              () -> Compiler.compile(OnnxModel.parse("cut", cut), CompilerOptions.defaults()))
          .as("cut at " + length)
          .isInstanceOf(CorruptModelException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void compile_flippedBytes_onlyOwnExceptions(long seed) {
    Random random = new Random(seed);
    byte[] bytes = convolution().bytes();
    for (int run = 0; run < 1500; run++) {
      byte[] damaged = bytes.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      compileOrRefuse("seed " + seed + ", run " + run, damaged);
    }
  }

  @Test
  void compile_flippedBytesInEveryOperatorModel_onlyOwnExceptions() {
    Random random = new Random(17);
    ModelCase.all()
        .forEach(
            model -> {
              byte[] bytes = model.build().bytes();
              for (int run = 0; run < 150; run++) {
                byte[] damaged = bytes.clone();
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                  damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                compileOrRefuse(model.name(), damaged);
              }
            });
  }

  @Test
  void compile_declaredSizeWithoutData_refused() {
    ModelProto.Builder model = convolution().proto().toBuilder();
    model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1 << 27);
    assertThatThrownBy(
            () ->
                Compiler.compile(
                    OnnxModel.parse("lies", model.build().toByteArray()),
                    CompilerOptions.defaults()))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("too large");
    model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1000);
    assertThatThrownBy(
            () ->
                Compiler.compile(
                    OnnxModel.parse("lies", model.build().toByteArray()),
                    CompilerOptions.defaults()))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("needs 72000 bytes, has 216");
  }

  @Test
  void compile_nameDefinedTwice_refused() {
    ModelProto whole = convolution().proto();
    ModelProto.Builder nodes = whole.toBuilder();
    nodes.getGraphBuilder().addNode(whole.getGraph().getNode(0));
    ModelProto.Builder parameters = whole.toBuilder();
    parameters.getGraphBuilder().addInitializer(whole.getGraph().getInitializer(0));
    for (ModelProto.Builder twice : List.of(nodes, parameters)) {
      OnnxModel model = OnnxModel.parse("twice", twice.build().toByteArray());
      assertThatThrownBy(() -> Compiler.compile(model, CompilerOptions.defaults()))
          .isInstanceOf(CorruptModelException.class)
          .hasMessageContaining("is defined twice");
    }
  }

  private static byte[] withExternalData(String location, String offset) {
    ModelProto.Builder model = convolution().proto().toBuilder();
    TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0);
    tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalData(entry("location", location));
    tensor.addExternalData(entry("offset", offset));
    return model.build().toByteArray();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void compile_externalData_sameAsInline(@TempDir Path folder) throws IOException {
    ModelBuilder inline = convolution();
    TensorProto tensor = inline.proto().getGraph().getInitializer(0);
    ByteBuffer data = ByteBuffer.allocate(16 + tensor.getRawData().size());
    data.order(ByteOrder.LITTLE_ENDIAN).position(16).put(tensor.getRawData().toByteArray());
    Files.write(folder.resolve("weights.data"), data.array());
    Path file = Files.write(folder.resolve("m.onnx"), withExternalData("weights.data", "16"));
    CompiledModel external = Compiler.compile(OnnxModel.read(file), CompilerOptions.defaults());
    CompiledModel same = Compiler.compile(inline.model(), CompilerOptions.defaults());
    List<FloatTensor> inputs = List.copyOf(inline.randomInputs().values());
    assertThat(FixedPointRun.run(external, inputs)).isEqualTo(FixedPointRun.run(same, inputs));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.data", "/etc/passwd", "sub/../../secret.data", "link.data", ""})
  void compile_externalDataOutsideFolder_refused(String location, @TempDir Path folder)
      throws IOException {
    Path inner = Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(inner.resolve("sub"));
    Files.write(folder.resolve("secret.data"), new byte[4096]);
    Files.createSymbolicLink(inner.resolve("link.data"), folder.resolve("secret.data"));
    Path file = Files.write(inner.resolve("m.onnx"), withExternalData(location, "0"));
    assertThatThrownBy(() -> Compiler.compile(OnnxModel.read(file), CompilerOptions.defaults()))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("outside the model's folder");
  }

  @Test
  void compile_externalDataTooShort_refused(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("weights.data"), new byte[100]);
    Path file = Files.write(folder.resolve("m.onnx"), withExternalData("weights.data", "50"));
    assertThatThrownBy(() -> Compiler.compile(OnnxModel.read(file), CompilerOptions.defaults()))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("which has 100");
  }
}
