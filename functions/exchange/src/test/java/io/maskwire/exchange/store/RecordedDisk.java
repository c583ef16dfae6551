package io.maskwire.exchange.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A disk that knows what a loss of power would leave: the names of each folder as they were when it
 * was forced last, and the bytes of each file as they were when it was forced last. A file keeps
 * its identity when it gets another name.
 */
final class RecordedDisk implements DurableFiles.Disk {
  private final Path root;
  private final Map<Path, Map<Path, String>> names = new HashMap<>();
  private final Map<String, byte[]> bytes = new HashMap<>();

  /** A disk on which the folder {@code root} is safe. */
  RecordedDisk(Path root) {
    this.root = root;
  }

  @Override
  public void forceFile(Path path, FileChannel file) throws IOException {
    bytes.put(identity(path), Files.readAllBytes(path));
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    Map<Path, String> now = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        now.put(file, identity(file));
      }
    }
    names.put(folder, now);
  }

  private static String identity(Path path) throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /** What would be in {@code file}; empty if it would not be there. */
  Optional<byte[]> afterPowerLoss(Path file) {
    return identityAfterPowerLoss(file).map(identity -> bytes.getOrDefault(identity, new byte[0]));
  }

  private Optional<String> identityAfterPowerLoss(Path path) {
    Path folder = path.getParent();
    if (folder == null || (!folder.equals(root) && identityAfterPowerLoss(folder).isEmpty())) {
      return Optional.empty();
    }
    return Optional.ofNullable(names.getOrDefault(folder, Map.of()).get(path));
  }
}
