package io.maskwire.tests.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.demo.DemoModel;
import io.maskwire.cli.demo.ProgressListener;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.tests.Cli;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A running system with two models, and files for them. */
final class PageStack implements AutoCloseable {
  static final String PICTURES = "lenet";
  static final String VOLUMES = "rs-fmri";

  private final LocalStackProcess stack;
  private final Path folder;
  private final DemoModel demo;

  private PageStack(LocalStackProcess stack, Path folder, DemoModel demo) {
    this.stack = stack;
    this.folder = folder;
    this.demo = demo;
  }

  static PageStack start(Path folder) throws IOException {
    Path lenet = ReferenceData.lenet();
    DemoModel demo = DemoModel.prepare(cache(), ProgressListener.silent());
    System.setProperty("maskwire.home", Repository.root().toString());
    LocalStackProcess stack = LocalStackProcess.start(StackOptions.onFreePort(folder), line -> {});
    publish(folder, "publish", lenet, "--name", PICTURES);
    publish(
        folder,
        "publish", demo.onnx(), "--name", VOLUMES, "--labels", demo.labels(),
        "--calibrate", demo.calibration());
    return new PageStack(stack, folder, demo);
  }

  private static Path cache() {
    return Path.of(System.getProperty("user.home"), ".cache", "maskwire");
  }

  private static void publish(Path folder, Object... words) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + 3);
    all[words.length] = "--data";
    all[words.length + 1] = folder;
    all[words.length + 2] = "--json";
    assertThat(Cli.run(all).json().get("version").asText()).isNotEmpty();
  }

  URI gateway() {
    return stack.address().gateway();
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
    stack.close();
  }
}
