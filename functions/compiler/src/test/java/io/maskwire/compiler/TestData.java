package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.fail;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.compiler.onnx.TensorReader;
import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Models and images that are not part of the repository: MASKWIRE_DATA says where they lie. */
final class TestData {
  private TestData() {}

  /** A file or folder of the data; without it the test is skipped, or fails in CI. */
  static Path path(String relative) {
    return existing(root().resolve(relative));
  }

  /** The folders of ONNX cases that once went wrong, sorted; they lie beside the data. */
  static List<Path> cases() {
    return folders(existing(root().resolveSibling("cases").resolve("onnx")));
  }

  private static Path existing(Path found) {
    if (!Files.exists(found)) {
      String message = "no test data at " + found.toAbsolutePath() + "; set MASKWIRE_DATA";
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    return found;
  }

  private static Path root() {
    String configured = System.getenv("MASKWIRE_DATA");
    if (configured != null) {
      return Path.of(configured);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder.resolve("../shared/data").normalize();
  }

  /** The folders in a folder of the data, sorted. */
  static List<Path> folders(String relative) {
    return folders(path(relative));
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OnnxModel model(Path file) {
    try {
      return OnnxModel.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tensor of a backend test. */
  static FloatTensor tensor(Path file, OnnxModel model) {
    try {
      return new TensorReader(model)
          .read(TensorProto.parseFrom(Files.readAllBytes(file)))
          .toFloats();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
