package io.maskwire.compiler.function;

import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.UploadModels;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.FileContainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An owner's containers, and uploads into them. */
final class Upload {
  final OwnerContainers containers;

  Upload(OwnerContainers containers) {
    this.containers = containers;
  }

  /** Folders in {@code root}. */
  static Upload in(Path root) {
    return new Upload(
        new OwnerContainers(
            folder(root, Container.ONNX),
            folder(root, Container.MODELS),
            folder(root, Container.MASKED_WEIGHTS)));
  }

  private static BlobContainer folder(Path root, Container container) {
    return new FileContainer(root.resolve(container.container()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A model with all that may come with it. */
  ModelUploaded complete(byte[] onnx) {
    put("tiny/1/model.onnx", onnx);
    put("tiny/1/0.pb", UploadModels.sample(-1, 1, UploadModels.INPUTS));
    put("tiny/1/1.pb", UploadModels.sample(0.5f, 1, UploadModels.INPUTS));
    put("tiny/1/preprocess.yaml", bytes("version: 1\ninput: tensor\n"));
    put("tiny/1/labels.txt", bytes("a\nb\nc\n"));
    put("tiny/1/samples/first.pb", UploadModels.sample(0, 1, UploadModels.INPUTS));
    return event(
        List.of("tiny/1/0.pb", "tiny/1/1.pb"),
        Optional.of("tiny/1/preprocess.yaml"),
        Optional.of("tiny/1/labels.txt"),
        new Presentation(Optional.of("Small."), List.of("tiny/1/samples/first.pb")));
  }

  /** A model alone. */
  ModelUploaded bare(byte[] onnx) {
    put("tiny/1/model.onnx", onnx);
    return event(List.of(), Optional.empty(), Optional.empty());
  }

  void put(String blob, byte[] bytes) {
    containers.onnx().put(blob, bytes);
  }

  static ModelUploaded event(
      List<String> calibration, Optional<String> preprocess, Optional<String> labels) {
    return event(calibration, preprocess, labels, Presentation.NONE);
  }

  private static ModelUploaded event(
      List<String> calibration,
      Optional<String> preprocess,
      Optional<String> labels,
      Presentation presentation) {
    return new ModelUploaded(
        "tiny",
        "tiny/1/model.onnx",
        calibration,
        preprocess,
        labels,
        CompilerOptions.DEFAULT_SCALE,
        CompilerOptions.DEFAULT_WIDTH,
        "user",
        Optional.empty(),
        presentation);
  }
}
