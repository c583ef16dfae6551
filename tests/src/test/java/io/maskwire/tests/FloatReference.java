package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;

/** ONNX Runtime, and pictures read with nothing of the project's in between. */
final class FloatReference {
  private FloatReference() {}

  /** The outputs of a model of one input. */
  static float[] run(Path model, FloatTensor values) {
    long[] shape = Arrays.stream(values.shape().toArray()).asLongStream().toArray();
    // Its library keeps and sends records of models, unless the build's variable is there.
    assertThat(System.getenv("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(values.values()), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] outputs = new float[buffer.remaining()];
      buffer.get(outputs);
      return outputs;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A grid of {@code side} x {@code side} pixels of a picture, divided by 255, NCHW. */
  static FloatTensor sample(Path picture, int side) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    float[] values = new float[3 * side * side];
    for (int i = 0; i < values.length; i++) {
      int x = i % side * image.getWidth() / side;
      int y = i / side % side * image.getHeight() / side;
      int shift = 16 - i / (side * side) * 8;
      values[i] = (image.getRGB(x, y) >> shift & 0xff) / 255f;
    }
    return FloatTensor.takeOwnershipOf(Shape.of(1, 3, side, side), values);
  }
}
