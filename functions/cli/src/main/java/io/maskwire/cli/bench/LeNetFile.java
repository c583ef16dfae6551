package io.maskwire.cli.bench;

import io.maskwire.cli.bench.NetworkFile.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A network of the size and shape of LeNet-5 (LeCun et al., 1998) with ReLU and max pooling. */
final class LeNetFile {
  private static final Kernel HALVING = new Kernel(2, 2, 0);

  private LeNetFile() {}

  /** Writes the network to {@code file}: input [1, 1, 28, 28], output [1, 10]. */
  static void write(Path file) throws IOException {
    NetworkFile network = new NetworkFile("lenet");
    network.between("image", List.of(1L, 1L, 28L, 28L), "scores", List.of(1L, 10L));
    network.convolution("image", "c1", 6, 1, new Kernel(5, 1, 2));
    network.node("Relu", "r1", "c1");
    network.maxPool("r1", "p1", HALVING);
    network.convolution("p1", "c2", 16, 6, new Kernel(5, 1, 0));
    network.node("Relu", "r2", "c2");
    network.maxPool("r2", "p2", HALVING);
    network.node("Flatten", "flat", "p2");
    network.dense("flat", "d1", 120, 400);
    network.node("Relu", "r3", "d1");
    network.dense("r3", "d2", 84, 120);
    network.node("Relu", "r4", "d2");
    network.dense("r4", "scores", 10, 84);
    network.write(file);
  }
}
