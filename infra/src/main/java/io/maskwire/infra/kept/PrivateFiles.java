package io.maskwire.infra.kept;

import io.maskwire.exchange.store.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Folders and files that only their user may read. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes {@code folder}, mode 0700, if it is not there. */
  public static Path folder(Path folder) {
    try {
      Path absolute = folder.toAbsolutePath().normalize();
      DurableFiles.onDisk().createFolders(absolute);
      return absolute;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
  }

  /** Writes {@code file}, mode 0600, atomically; it survives a loss of power. */
  public static void write(Path file, String text) {
    try {
      folder(file.toAbsolutePath().resolveSibling(""));
      DurableFiles.onDisk().replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
