package io.maskwire.cli.bench;

import io.maskwire.cli.bench.NetworkFile.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A network of the size and shape of ResNet-50 (He et al., CVPR 2016, table 1, strides in the 3x3
 * convolutions) with its normalisations folded into the convolutions, as exporters write it.
 */
final class ResNetFile {
  private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);
  private static final Kernel POINT = new Kernel(1, 1, 0);

  /** Channels of a block's output for each of its inner ones. */
  private static final int EXPANSION = 4;

  /** Sixteen branches are added up: each adds a little to the variance. */
  private static final double BRANCH_GAIN = 0.25;

  private final NetworkFile network = new NetworkFile("resnet50");

  private ResNetFile() {}

  /** Writes the network to {@code file}: input [1, 3, 224, 224], output [1, 1000]. */
  static void write(Path file) throws IOException {
    new ResNetFile().build().write(file);
  }

  private NetworkFile build() {
    network.between("image", List.of(1L, 3L, 224L, 224L), "scores", List.of(1L, 1000L));
    network.convolution("image", "stem", 64, 3, new Kernel(7, 2, 3));
    network.node("Relu", "stem.relu", "stem");
    network.maxPool("stem.relu", "stem.pool", new Kernel(3, 2, 1));
    String last = "stem.pool";
    int channels = 64;
    for (int stage = 0; stage < BLOCKS.size(); stage++) {
      int inner = 64 << stage;
      for (int block = 0; block < BLOCKS.get(stage); block++) {
        boolean halves = stage > 0 && block == 0;
        last =
            block("stage%d.block%d".formatted(stage + 1, block + 1), last, channels, inner, halves);
        channels = EXPANSION * inner;
      }
    }
    network.node("GlobalAveragePool", "pooled", last);
    network.node("Flatten", "flat", "pooled");
    network.dense("flat", "scores", 1000, channels);
    return network;
  }

  private String block(String name, String input, int channels, int inner, boolean halves) {
    int outputs = EXPANSION * inner;
    int stride = halves ? 2 : 1;
    network.convolution(input, name + ".reduce", inner, channels, POINT);
    network.node("Relu", name + ".relu1", name + ".reduce");
    network.convolution(name + ".relu1", name + ".spread", inner, inner, new Kernel(3, stride, 1));
    network.node("Relu", name + ".relu2", name + ".spread");
    network.convolution(
        name + ".relu2", name + ".expand", outputs, inner, new Kernel(1, 1, 0, BRANCH_GAIN));
    String shortcut = input;
    if (channels != outputs) {
      shortcut = name + ".project";
      network.convolution(input, shortcut, outputs, channels, new Kernel(1, stride, 0));
    }
    network.node("Add", name + ".sum", name + ".expand", shortcut);
    network.node("Relu", name + ".out", name + ".sum");
    return name + ".out";
  }
}
