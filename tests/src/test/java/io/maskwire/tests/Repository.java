package io.maskwire.tests;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in a checkout. */
public final class Repository {
  private Repository() {}

  /** The folder with the launcher in it. */
  public static Path root() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("mvnw"))) {
        return up;
      }
    }
    throw new IllegalStateException("not in a checkout: " + Path.of("").toAbsolutePath());
  }

  /** What the launcher puts on the class path: the packaged command line and its libraries. */
  static String commandLineClassPath() {
    Path target = root().resolve("functions/cli/target");
    Path jar = target.resolve("cli.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: these tests run after 'package'");
    }
    return jar + System.getProperty("path.separator") + target.resolve("lib") + "/*";
  }
}
