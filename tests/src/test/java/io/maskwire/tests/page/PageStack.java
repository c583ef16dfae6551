package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.demo.DemoModel;
import io.maskwire.cli.demo.ProgressListener;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.tests.Cli;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.stack.TestStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Models of a running system for pages, and files for them. */
final class PageStack {
  static final String PICTURES = "lenet";
  static final String VOLUMES = "rs-fmri";

  /** What users are told of {@link #VOLUMES}, which comes with {@link #volume} as a sample. */
  static final String DESCRIPTION =
      "Names the resting-state network that an fMRI map shows. Trained on synthetic maps.";

  private final TestStack stack;
  private final Path folder;
  private final DemoModel demo;

  /**
   * Gives {@code stack} the model {@link #PICTURES}, if it has none of this name.
   *
   * @param folder for files
   */
  PageStack(TestStack stack, Path folder) throws IOException {
    Path lenet = ReferenceData.lenet();
    this.stack = stack;
    this.folder = folder;
    demo = DemoModel.prepare(cache(), ProgressListener.silent());
    publishOnce(PICTURES, lenet);
  }

  /** Adds {@link #VOLUMES}. */
  void publishVolumes() throws IOException {
    publishOnce(
        VOLUMES,
        demo.onnx(),
        "--labels",
        demo.labels(),
        "--calibrate",
        demo.calibration(),
        "--description",
        DESCRIPTION,
        "--sample",
        demo.samples().getFirst());
  }

  /** Adds the model {@code name}, if there is none of this name. */
  void publishOnce(String name, Path model, Object... options) throws IOException {
    if (!offers(name)) {
      List<Object> words = new ArrayList<>(List.of("publish", model, "--name", name));
      words.addAll(List.of(options));
      words.addAll(List.of("--data", stack.folder(), "--json"));
      assertThat(Cli.run(words.toArray()).json().get("model").asText()).isEqualTo(name);
    }
  }

  private static Path cache() {
    return Path.of(System.getProperty("user.home"), ".cache", "maskwire");
  }

  /** Whether users find the model {@code name}. */
  boolean offers(String name) throws IOException {
    try (GatewayClient gateway = new GatewayClient(gateway(), Optional.empty())) {
      gateway.find(name);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  URI gateway() {
    return stack.address().gateway();
  }

  URI compiler() {
    return stack.address().compiler();
  }

  /** Kills one of its processes, which it starts again. */
  void kill(String name) {
    stack.kill(name);
  }

  /** The digit as PNG, which every browser decodes alike. */
  Path digit() throws IOException {
    Path file = folder.resolve("digit.png");
    if (!Files.exists(file)) {
      ImageIO.write(ImageIO.read(ReferenceData.digit().toFile()), "png", file.toFile());
    }
    return file;
  }

  Path volume() {
    return demo.samples().getFirst();
  }

  /** What the command line says of a file, through the same gateway. */
  String expected(String model, Path file) {
    return Cli.run("infer", model, file, "--gateway", gateway(), "--json")
        .json()
        .get("label")
        .asText();
  }
}
