package io.maskwire.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResNetFileTest {
  /** 25.5 million parameters less the two of each normalisation and the biases. */
  private static final long WEIGHTS = 25_502_912;

  @Test
  void write_network_hasTheLayersOfThePaper(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("resnet50.onnx");

    ResNetFile.write(file);

    OnnxMl.GraphProto graph;
    try (InputStream stream = Files.newInputStream(file)) {
      graph = OnnxMl.ModelProto.parseFrom(stream).getGraph();
    }
    assertThat(graph.getNodeList()).filteredOn(n -> n.getOpType().equals("Conv")).hasSize(53);
    assertThat(graph.getNodeList()).filteredOn(n -> n.getOpType().equals("Relu")).hasSize(49);
    assertThat(graph.getInitializerList().stream().mapToLong(ResNetFileTest::elements).sum())
        .isEqualTo(WEIGHTS);
  }

  private static long elements(OnnxMl.TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }
}
