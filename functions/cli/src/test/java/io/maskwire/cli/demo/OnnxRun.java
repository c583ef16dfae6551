package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Runs a demo model on one volume in ONNX Runtime. */
final class OnnxRun implements AutoCloseable {

  private final OrtEnvironment environment = environment();
  private final OrtSession session;
  private final long[] shape;

  OnnxRun(Path model, VoxelGrid grid) throws OrtException {
    session = environment.createSession(model.toString());
    shape = new long[] {1, 1, grid.z(), grid.y(), grid.x()};
  }

  /** Its library keeps and sends records of models, unless the build's variable is there. */
  private static OrtEnvironment environment() {
    assertThat(System.getenv("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
    return OrtEnvironment.getEnvironment();
  }

  float[] logits(float[] volume) throws OrtException {
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(volume), shape);
        OrtSession.Result result = session.run(Map.of("volume", input))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
