package io.maskwire.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for one measurement, erased at its end.
 *
 * @param path of the folder
 */
public record ScratchFolder(Path path) implements AutoCloseable {
  /** A new folder for {@code purpose}. */
  public static ScratchFolder create(String purpose) throws IOException {
    return new ScratchFolder(Files.createTempDirectory("maskwire-" + purpose + "-"));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
