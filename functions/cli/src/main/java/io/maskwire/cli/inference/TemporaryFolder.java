package io.maskwire.cli.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder of key files that is erased when it is closed, and also when the process is told to end
 * (Ctrl-C, SIGTERM) before that. While a process ends, its other threads run on: they may still be
 * writing here, and must not begin anew.
 */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private final Thread eraser = new Thread(this::erase, "key eraser");

  /** Creates the folder; the eraser, which needs the same lock, comes before or after. */
  private TemporaryFolder(Creation creation) throws IOException {
    synchronized (eraser) {
      try {
        Runtime.getRuntime().addShutdownHook(eraser);
      } catch (IllegalStateException e) {
        throw new IOException("the process is ending", e);
      }
      try {
        path = creation.create();
      } catch (IOException e) {
        Runtime.getRuntime().removeShutdownHook(eraser);
        throw e;
      }
    }
  }

  @FunctionalInterface
  private interface Creation {
    Path create() throws IOException;
  }

  /** A new folder in {@code parent}. */
  static TemporaryFolder in(Path parent, String prefix) throws IOException {
    return new TemporaryFolder(() -> Files.createTempDirectory(parent, prefix));
  }

  /** A new folder where the system keeps temporary files. */
  static TemporaryFolder create(String prefix) throws IOException {
    return new TemporaryFolder(() -> Files.createTempDirectory(prefix));
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  private void erase() {
    synchronized (eraser) {
      try {
        while (!erased()) {
          // a file was created between the look and the deletion; there are only a few to come
        }
      } catch (IOException e) {
        throw new UncheckedIOException("keys in " + path + " cannot be erased", e);
      }
    }
  }

  private boolean erased() throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      return Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(eraser);
    } catch (IllegalStateException _) {
      return; // the process is ending, and the eraser is at work
    }
    erase();
  }
}
