package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models: labels and errors beside ONNX Runtime. */
class ModelsTest {

  @Test
  void compile_lenet_labelOfOnnxRuntime() throws IOException {
    Path file = TestData.path("lenet-mnist/lenet.onnx");
    FloatTensor image = image(TestData.path("lenet-mnist/2.jpg"), 1, 28);
    CompiledModel compiled =
        Compiler.compile(TestData.model(file), CompilerOptions.defaults().withInputBound(1));
    FloatTensor expected =
        OnnxRuntime.run(Files.readAllBytes(file), Map.of("input", image)).getFirst();
    FloatTensor result = FixedPointRun.run(compiled, List.of(image)).getFirst();
    assertThat(label(result)).isEqualTo(label(expected)).isEqualTo(2);
    assertThat(FixedPointRun.difference(result, expected)).isLessThan(0.02);
    assertThat(Schedule.of(compiled.program()).rounds()).isEqualTo(18);
  }

  @Test
  void compile_lenetCalibrated_isNarrower() throws IOException {
    Path file = TestData.path("lenet-mnist/lenet.onnx");
    FloatTensor image = image(TestData.path("lenet-mnist/2.jpg"), 1, 28);
    CompilerOptions options =
        CompilerOptions.defaults().withInputBound(1).withCalibration(List.of(List.of(image)));
    CompiledModel compiled = Compiler.compile(TestData.model(file), options);
    FloatTensor expected =
        OnnxRuntime.run(Files.readAllBytes(file), Map.of("input", image)).getFirst();
    FloatTensor result = FixedPointRun.run(compiled, List.of(image)).getFirst();
    assertThat(FixedPointRun.difference(result, expected)).isLessThan(0.02);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void compile_hinet_labelOfOnnxRuntime(int index) throws IOException {
    Path file = TestData.path("hinet-cifar10/cnn3_cifar.onnx");
    FloatTensor image = image(TestData.path("hinet-cifar10/image_" + index + ".png"), 3, 32);
    CompilerOptions options =
        CompilerOptions.defaults().withInputBound(1).withCalibration(List.of(List.of(image)));
    CompiledModel compiled = Compiler.compile(TestData.model(file), options);
    FloatTensor expected =
        OnnxRuntime.run(Files.readAllBytes(file), Map.of("input", image)).getFirst();
    FloatTensor result = FixedPointRun.run(compiled, List.of(image)).getFirst();
    assertThat(label(result)).isEqualTo(label(expected));
    assertThat(FixedPointRun.difference(result, expected)).isLessThan(0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"densenet121", "resnet50", "squeezenet", "vgg19"})
  void compile_lightModel_compiles(String name) {
    OnnxModel model = TestData.model(TestData.path("onnx-light/light_" + name + ".onnx"));
    CompiledModel compiled = Compiler.compile(model, CompilerOptions.defaults());
    assertThat(Schedule.of(compiled.program()).rounds()).isPositive();
  }

  @Test
  void compile_mlpOfBrainVolumeSize_tenRoundsAndSmallError() {
    ModelBuilder builder = new ModelBuilder(13, new Random(5));
    int[] sizes = {109350, 200, 200, 200, 58};
    String value = builder.input("x", 1, sizes[0]);
    for (int i = 1; i < sizes.length; i++) {
      double magnitude = Math.sqrt(2.0 / sizes[i - 1]);
      String weights = builder.weights(magnitude, sizes[i], sizes[i - 1]);
      String bias = builder.weights(0.05, sizes[i]);
      value =
          builder.node("Gemm", List.of(value, weights, bias), ModelBuilder.attribute("transB", 1));
      value = i < sizes.length - 1 ? builder.node("Relu", List.of(value)) : value;
    }
    builder.output(value);
    FloatTensor volume = FloatTensor.takeOwnershipOf(Shape.of(1, sizes[0]), new float[sizes[0]]);
    for (int i = 0; i < sizes[0]; i++) {
      volume.values()[i] = builder.random().nextFloat();
    }
    CompilerOptions options =
        CompilerOptions.defaults().withInputBound(1).withCalibration(List.of(List.of(volume)));
    CompiledModel compiled = Compiler.compile(builder.model(), options);
    FloatTensor expected = OnnxRuntime.run(builder.bytes(), Map.of("x", volume)).getFirst();
    FloatTensor result = FixedPointRun.run(compiled, List.of(volume)).getFirst();
    assertThat(label(result)).isEqualTo(label(expected));
    assertThat(FixedPointRun.difference(result, expected)).isLessThan(0.01);
    assertThat(Schedule.of(compiled.program()).rounds()).isEqualTo(10);
  }

  private static int label(FloatTensor logits) {
    int best = 0;
    for (int i = 1; i < logits.values().length; i++) {
      best = logits.get(i) > logits.get(best) ? i : best;
    }
    return best;
  }

  private static FloatTensor image(Path file, int channels, int size) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    float[] values = new float[channels * size * size];
    for (int i = 0; i < values.length; i++) {
      int channel = i / (size * size);
      int pixel = i % (size * size);
      int sample =
          image
              .getRaster()
              .getSample(
                  pixel % size * image.getWidth() / size,
                  pixel / size * image.getHeight() / size,
                  Math.min(channel, image.getRaster().getNumBands() - 1));
      values[i] = sample / 255f;
    }
    return FloatTensor.takeOwnershipOf(Shape.of(1, channels, size, size), values);
  }
}
