package io.maskwire.input;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference models and inputs that are not part of the repository. */
final class SharedData {
  private SharedData() {}

  /**
   * {@code relative} in the folder that MASKWIRE_DATA names, else beside the repository. Skips the
   * test where the folder is missing, but fails it on a build server (CI=true).
   */
  static Path path(String relative) {
    String declared = System.getenv("MASKWIRE_DATA");
    Path root = declared == null ? repository().resolve("../shared/data") : Path.of(declared);
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

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    for (Path up = folder; up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("mvnw"))) {
        return up;
      }
    }
    return folder;
  }
}
