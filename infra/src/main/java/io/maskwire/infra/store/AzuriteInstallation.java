package io.maskwire.infra.store;

import io.maskwire.infra.process.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Azurite's program, installed once by npm into a cache folder.
 *
 * @param node the Node program
 * @param script what it runs
 */
public record AzuriteInstallation(Path node, Path script) {
  /** The version that is installed. */
  public static final String VERSION = "3.37.0";

  private static final String SCRIPT = "node_modules/azurite/dist/src/blob/main.js";

  /** Whether this machine has what {@link #in} needs: Node and npm. */
  public static boolean isPossible() {
    return Programs.find("node").isPresent() && Programs.find("npm").isPresent();
  }

  /** The folder for this user: {@code MASKWIRE_CACHE}, else maskwire's in the usual cache. */
  public static Path defaultCache() {
    String own = System.getenv("MASKWIRE_CACHE");
    if (own != null) {
      return Path.of(own);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path usual =
        cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
    return usual.resolve("maskwire");
  }

  /**
   * The installation in the folder {@code cache}; the first call downloads some 70 MB.
   *
   * @param reports told when it has to be installed
   * @throws IllegalStateException if Node or npm is missing, or npm fails
   */
  public static AzuriteInstallation in(Path cache, Consumer<String> reports) {
    Path node = require("node");
    Path npm = require("npm");
    Path folder = cache.toAbsolutePath().resolve("azurite-" + VERSION);
    try {
      Files.createDirectories(cache);
      try (RandomAccessFile lock = new RandomAccessFile(folder + ".lock", "rw");
          FileLock _ = lock.getChannel().lock()) {
        if (!Files.exists(complete(folder))) {
          reports.accept("installing Azurite into " + folder + " (once; a minute) ...");
          install(npm, folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot install Azurite into " + folder, e);
    }
    return new AzuriteInstallation(node, folder.resolve(SCRIPT));
  }

  private static Path require(String program) {
    Optional<Path> path = Programs.find(program);
    return path.orElseThrow(
        () ->
            new IllegalStateException(
                "no '%s' on the search path: install Node.js with npm".formatted(program)));
  }

  private static Path complete(Path folder) {
    return folder.resolve("complete");
  }

  private static void install(Path npm, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve("npm.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    npm.toString(),
                    "install",
                    "--prefix",
                    folder.toString(),
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "azurite@" + VERSION))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    try {
      int status = process.waitFor();
      if (status != 0 || !Files.exists(folder.resolve(SCRIPT))) {
        throw new IllegalStateException(
            "npm could not install Azurite (status %d): see %s".formatted(status, log));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Azurite was installed", e);
    }
    Files.createFile(complete(folder));
  }
}
