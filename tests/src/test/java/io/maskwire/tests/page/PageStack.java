package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.demo.DemoModel;
import io.maskwire.cli.demo.ProgressListener;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.tests.Cli;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.Repository;
import io.maskwire.tests.StackProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A running system with two models, and files for them. */
final class PageStack implements AutoCloseable {
  static final String PICTURES = "lenet";
  static final String VOLUMES = "rs-fmri";

  /** What users are told of {@link #VOLUMES}, which comes with {@link #volume} as a sample. */
  static final String DESCRIPTION =
      "Names the resting-state network that an fMRI map shows. Trained on synthetic maps.";

  private final Optional<LocalStackProcess> own;
  private final StackAddress address;
  private final Path folder;
  private final DemoModel demo;

  private PageStack(
      Optional<LocalStackProcess> own, StackAddress address, Path folder, DemoModel demo) {
    this.own = own;
    this.address = address;
    this.folder = folder;
    this.demo = demo;
  }

  /**
   * Starts one in {@code folder} with {@link #PICTURES}, or uses the running one whose folder
   * MASKWIRE_STACK names.
   */
  static PageStack start(Path folder) throws IOException {
    Path lenet = ReferenceData.lenet();
    DemoModel demo = DemoModel.prepare(cache(), ProgressListener.silent());
    System.setProperty("maskwire.home", Repository.root().toString());
    String running = System.getenv("MASKWIRE_STACK");
    Optional<LocalStackProcess> own =
        running == null
            ? Optional.of(
                LocalStackProcess.start(StackOptions.onFreePort(folder.resolve("stack")), _ -> {}))
            : Optional.empty();
    StackAddress address =
        own.isPresent() ? own.get().address() : StackAddress.read(Path.of(running));
    PageStack stack = new PageStack(own, address, folder, demo);
    stack.publishOnce(PICTURES, lenet);
    return stack;
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

  private void publishOnce(String name, Path model, Object... options) throws IOException {
    try (GatewayClient gateway = new GatewayClient(gateway(), Optional.empty())) {
      gateway.find(name);
    } catch (IllegalArgumentException _) {
      List<Object> words = new ArrayList<>(List.of("publish", model, "--name", name));
      words.addAll(List.of(options));
      words.addAll(List.of("--data", address.data(), "--json"));
      assertThat(Cli.run(words.toArray()).json().get("model").asText()).isEqualTo(name);
    }
  }

  private static Path cache() {
    return Path.of(System.getProperty("user.home"), ".cache", "maskwire");
  }

  URI gateway() {
    return address.gateway();
  }

  /** Kills one of its processes, which it starts again. */
  void kill(String name) throws IOException {
    StackProcesses.kill(address.data(), name);
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

  @Override
  public void close() {
    own.ifPresent(LocalStackProcess::close);
  }
}
