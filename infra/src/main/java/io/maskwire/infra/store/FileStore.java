package io.maskwire.infra.store;

import io.maskwire.exchange.store.Container;
import io.maskwire.infra.kept.PrivateFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Containers as folders, for machines without Node. Anyone who can read the folder reads all. */
public final class FileStore implements BlobService {
  private final Path folder;

  /** The store in {@code folder}, which is made if it is not there. */
  public FileStore(Path folder) {
    this.folder = PrivateFiles.folder(folder);
  }

  @Override
  public String description() {
    return "files in %s (no credentials: containers are not protected from each other)"
        .formatted(folder);
  }

  @Override
  public String address(Container container, String letters) {
    return PrivateFiles.folder(
            folder.resolve(container.domain().account()).resolve(container.container()))
        .toUri()
        .toString();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // nothing runs
  }
}
