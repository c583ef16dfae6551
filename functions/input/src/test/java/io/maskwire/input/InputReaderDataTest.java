package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reference pictures through the reader and, where there is a model, through ONNX Runtime. */
class InputReaderDataTest {
  @Test
  void read_digit_isRecognizedByLenet() throws OrtException {
    Path model = SharedData.path("lenet-mnist/lenet.onnx");
    Path digit = SharedData.path("lenet-mnist/2.jpg");

    assertThat(largest(run(model, digit, Preprocess.forModel(model)))).isEqualTo(2);
  }

  @Test
  void read_plotWithMargins_isCroppedToThePicture() throws OrtException {
    Path model = SharedData.path("hinet-cifar10/cnn3_cifar.onnx");
    Preprocess preprocess =
        Preprocess.parse(
            "preprocess.yaml",
            """
            version: 1
            input: image
            crop: {start: [58, 143], size: [370, 370]}
            resize: {method: area}
            """);
    Path picture = SharedData.path("hinet-cifar10/image_0.png");

    FloatTensor cropped = InputReader.read(picture, preprocess, Shape.of(1, 3, 32, 32));
    FloatTensor whole = InputReader.read(picture, Preprocess.DEFAULT, Shape.of(1, 3, 32, 32));

    assertThat(whole.get(0)).as("the white margin").isEqualTo(1);
    assertThat(cropped.get(0)).as("the wall").isBetween(0.7f, 0.99f);
    assertThat(run(model, picture, preprocess)).hasSize(10);
  }

  @Test
  void read_brainPictures_haveTheShapeAndRangeOfTheModel() {
    for (Path file : InputReader.list(SharedData.path("fmri-jhu"))) {
      FloatTensor tensor = InputReader.read(file, Preprocess.DEFAULT, Shape.of(1, 3, 45, 45));

      assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 45, 45));
      for (float value : tensor.values()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void read_progressiveJpeg_isGrayAndResized() {
    Path file = SharedData.path("chest-xray/cardiomegaly.jpg");

    FloatTensor tensor = InputReader.read(file, Preprocess.DEFAULT, Shape.of(0, 1, 64, 64));

    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 1, 64, 64));
    // The lungs are in the upper half of both sides; the picture must be neither black nor white.
    double mean = 0;
    for (float value : tensor.values()) {
      mean += value / tensor.values().length;
    }
    assertThat(mean).isBetween(0.2, 0.8);
  }

  @Test
  void read_onnxBackendInputs_areRead() throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.walk(SharedData.path("onnx-backend"))) {
      inputs = files.filter(file -> file.toString().endsWith("input_0.pb")).sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    for (Path file : inputs) {
      Samples samples = TensorProtoDecoder.decode(file.toString(), Files.readAllBytes(file));
      assertThat(samples.values()).as(file.toString()).isNotEmpty();
    }
  }

  private static float[] run(Path model, Path input, Preprocess preprocess) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString())) {
      String name = session.getInputNames().iterator().next();
      TensorInfo info = (TensorInfo) session.getInputInfo().values().iterator().next().getInfo();
      int[] shape = Arrays.stream(info.getShape()).mapToInt(side -> (int) side).toArray();
      FloatTensor tensor = InputReader.read(input, preprocess, Shape.of(shape));
      try (OnnxTensor value =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(tensor.values()), info.getShape());
          OrtSession.Result result = session.run(Map.of(name, value))) {
        return ((float[][]) result.get(0).getValue())[0];
      }
    }
  }

  private static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
