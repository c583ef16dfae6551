package io.maskwire.tests;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Models and inputs that are not part of the repository. */
public final class ReferenceData {
  private ReferenceData() {}

  /**
   * {@code relative} in the folder that MASKWIRE_DATA names, else beside the repository. Skips the
   * test where it is missing, but fails it on a build server (CI=true).
   */
  public static Path path(String relative) {
    String declared = System.getenv("MASKWIRE_DATA");
    Path root = declared == null ? Repository.root().resolve("../shared/data") : Path.of(declared);
    Path path = root.resolve(relative).normalize();
    if (!Files.exists(path)) {
      String message = path + " is missing; set MASKWIRE_DATA to the folder of reference data";
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    return path;
  }

  public static Path lenet() {
    return path("lenet-mnist/lenet.onnx");
  }

  public static Path digit() {
    return path("lenet-mnist/2.jpg");
  }
}
